"""The words that all rooms share, so that code, database, console and docs say the same thing.

Values are what is stored; they never change meaning. Labels for people live in `locales/`.
"""

from enum import StrEnum


class Channel(StrEnum):
    """How a client is reached."""

    SMS = "sms"
    TELEGRAM = "telegram"


class Form(StrEnum):
    """What was agreed at the exit interview (T: Amsterdam's form)."""

    ACTIVE = "active"  # we take the initiative
    PASSIVE = "passive"  # the client does
    DECLINED = "declined"  # offered and refused; registered, never contacted


class Standing(StrEnum):
    """Where an enrolment stands. Only `ACTIVE` may get messages of our own accord."""

    INVITED = "invited"  # asked for consent, no answer yet
    ACTIVE = "active"  # consent given
    DECLINED = "declined"  # refused, at the interview or by message
    LAPSED = "lapsed"  # never answered the request
    WITHDRAWN = "withdrawn"  # stopped afterwards
    COMPLETED = "completed"  # the track came to its end


class ExitReason(StrEnum):
    """Why the benefit ended, in the groups of T ch. 5. Aftercare is offered to the first two."""

    WORK = "work"
    STUDY = "study"
    OTHER = "other"


class Purpose(StrEnum):
    """What a consent is for."""

    CONTACT = "contact"  # to be sent messages
    RECORD = "record"  # that contact moments are kept
    SHARE = "share"  # that the other organisation may read the words


class Answer(StrEnum):
    """The four answers to a check-in."""

    GOOD = "good"
    SO_SO = "so_so"
    NOT_GOOD = "not_good"
    JOB_LOST = "job_lost"


class Side(StrEnum):
    """The two parties that share a client but not each other's secrets."""

    WORK = "work"
    MUNICIPALITY = "municipality"


class Topic(StrEnum):
    """What a call for help is about. Which desk takes it is data (`storage.models.Route`)."""

    WORK = "work"
    JOB_LOST = "job_lost"
    MONEY = "money"
    HOME = "home"
    HEALTH = "health"
    LETTERS = "letters"
    OTHER = "other"
    DANGER = "danger"


class Urgency(StrEnum):
    """How soon a desk must be in touch: two working days, one, or at once."""

    NORMAL = "normal"
    URGENT = "urgent"
    DANGER = "danger"


class CheckInStatus(StrEnum):
    """One planned step: planned -> asked -> answered | expired, or skipped, or cancelled."""

    PLANNED = "planned"
    ASKED = "asked"
    ANSWERED = "answered"
    EXPIRED = "expired"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class Direction(StrEnum):
    """Whether a message came in or goes out."""

    IN = "in"
    OUT = "out"


class MessageStatus(StrEnum):
    """Out: queued -> sending -> sent -> delivered | failed; aside uncertain, expired, cancelled.

    In: handled, or set aside when it could not be understood by the program itself.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    HANDLED = "handled"
    SET_ASIDE = "set_aside"


class MessageKind(StrEnum):
    """Why we say something; decides what may be sent when, and what goes first."""

    REPLY = "reply"  # an answer to what the client wrote: at once
    DANGER = "danger"  # the fixed safety reply: at once, whatever the standing
    CONFIRMATION = "confirmation"  # of a refusal or withdrawal: the last word
    INVITATION = "invitation"  # the request for consent, and its one reminder
    ROUTINE = "routine"  # of our own accord, after consent
    STAFF = "staff"  # a colleague writes about a call for help, or another one has it now


class EscalationStatus(StrEnum):
    """A call for help: open -> taken -> contacted -> resolved; open again in other hands."""

    OPEN = "open"
    TAKEN = "taken"
    CONTACTED = "contacted"
    RESOLVED = "resolved"


class HandingKind(StrEnum):
    """How a call for help came into other hands."""

    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    HANDED_OVER = "handed_over"
    ABSENT = "absent"  # the colleague is away: back to the desk
    RETURNED = "returned"  # the colleague is there again, and nobody took it


class ChangeKind(StrEnum):
    """A departure from the plan."""

    PAUSED = "paused"
    SKIPPED = "skipped"
    MOVED = "moved"
    ADDED = "added"
    FORM = "form"
    LANGUAGE = "language"
    EXTENDED = "extended"
    CONTACT = "contact"  # another coach or consultant
    CHANNEL = "channel"  # or number: consent is asked anew
    RELEASED = "released"  # after danger


class OutcomeKind(StrEnum):
    """How a call for help ended."""

    HELPED = "helped"
    PARTLY = "partly"
    REFERRED = "referred"
    NOT_REACHED = "not_reached"
    NOT_NEEDED = "not_needed"
    NOT_HELPED = "not_helped"  # says the client


class NoticeKind(StrEnum):
    """What staff are told. A notice holds no personal content, only that there is something."""

    HELP_ASKED = "help_asked"
    URGENT_HELP_ASKED = "urgent_help_asked"
    DANGER = "danger"
    OVERDUE = "overdue"
    NOT_CLOSED = "not_closed"
    JOB_LOST = "job_lost"
    INVITATION_LAPSED = "invitation_lapsed"
    CHANNEL_STOPPED = "channel_stopped"
    WROTE_AFTER_END = "wrote_after_end"
    QUIET = "quiet"
    NOT_HELPED = "not_helped"
    EXIT_PREMIUM = "exit_premium"
    HELD = "held"
    EMERGENCY_READ = "emergency_read"
    HANDED_OVER = "handed_over"
    GIVEN_BACK = "given_back"
    ANSWERED = "answered"


class NoticeStatus(StrEnum):
    """queued -> sending -> sent | failed | cancelled."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """What a colleague does; titles for people are data of the desk."""

    WERKCOACH = "werkcoach"
    CONSULENT = "consulent"
    BEHEERDER = "beheerder"
    ONDERZOEKER = "onderzoeker"


class RowStatus(StrEnum):
    """What became of one row of a list of people to be enrolled."""

    READY = "ready"
    BAD = "bad"
    ENROLLED = "enrolled"
