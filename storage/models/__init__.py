"""The tables, one class for each of the house's words."""

from storage.models.base import Base
from storage.models.clients import (
    CheckIn,
    Client,
    Consent,
    Enrolment,
    NameStart,
    PlanChange,
)
from storage.models.escalations import (
    Escalation,
    Instrument,
    InstrumentUse,
    Notice,
    NoticeAddress,
    Outcome,
)
from storage.models.installation import Fact
from storage.models.lists import EnrolmentList, EnrolmentRow
from storage.models.messages import ChannelPace, Message, Stranger
from storage.models.organisation import Desk, Municipality, Organisation, Route
from storage.models.staff import (
    AuditEntry,
    DeskMember,
    PasswordLink,
    ProviderRequest,
    RecoveryCode,
    SecondFactor,
    SignInFailure,
    StaffMember,
    StaffSession,
)

__all__ = [
    "AuditEntry",
    "Base",
    "ChannelPace",
    "CheckIn",
    "Client",
    "Consent",
    "Desk",
    "DeskMember",
    "Enrolment",
    "EnrolmentList",
    "EnrolmentRow",
    "Escalation",
    "Fact",
    "Instrument",
    "InstrumentUse",
    "Message",
    "Municipality",
    "NameStart",
    "Notice",
    "NoticeAddress",
    "Organisation",
    "Outcome",
    "PasswordLink",
    "PlanChange",
    "ProviderRequest",
    "RecoveryCode",
    "Route",
    "SecondFactor",
    "SignInFailure",
    "StaffMember",
    "StaffSession",
    "Stranger",
]
