"""The tables, one class for each of the house's words."""

from storage.models.base import Base
from storage.models.clients import CheckIn, Client, Consent, Enrolment, PlanChange
from storage.models.escalations import (
    Escalation,
    Handing,
    Instrument,
    InstrumentUse,
    Note,
    Notice,
    Outcome,
)
from storage.models.installation import Fact
from storage.models.messages import ChannelPace, Message, Stranger
from storage.models.organisation import Desk, Municipality, Organisation, Route
from storage.models.staff import (
    Absence,
    AuditEntry,
    DeskMember,
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
    "Enrolment",
    "Escalation",
    "Fact",
    "Handing",
    "Instrument",
    "InstrumentUse",
    "Message",
    "Municipality",
    "Note",
    "Notice",
    "Organisation",
    "Outcome",
    "PlanChange",
    "Route",
    "SignInFailure",
    "StaffMember",
    "StaffSession",
    "Stranger",
]
