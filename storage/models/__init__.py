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
    Handing,
    Instrument,
    InstrumentUse,
    Note,
    Notice,
    NoticeAddress,
    Outcome,
)
from storage.models.installation import Fact
from storage.models.lists import EnrolmentList, EnrolmentRow
from storage.models.messages import ChannelPace, Message, Stranger
from storage.models.organisation import Desk, Municipality, Organisation, Route
from storage.models.reading import EmergencyRead
from storage.models.reviews import Mark, Review, ReviewItem
from storage.models.staff import (
    Absence,
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
    "Absence",
    "AuditEntry",
    "Base",
    "ChannelPace",
    "CheckIn",
    "Client",
    "Consent",
    "Desk",
    "DeskMember",
    "EmergencyRead",
    "Enrolment",
    "EnrolmentList",
    "EnrolmentRow",
    "Escalation",
    "Fact",
    "Handing",
    "Instrument",
    "InstrumentUse",
    "Mark",
    "Message",
    "Municipality",
    "NameStart",
    "Note",
    "Notice",
    "NoticeAddress",
    "Organisation",
    "Outcome",
    "PasswordLink",
    "PlanChange",
    "ProviderRequest",
    "RecoveryCode",
    "Review",
    "ReviewItem",
    "Route",
    "SecondFactor",
    "SignInFailure",
    "StaffMember",
    "StaffSession",
    "Stranger",
]
