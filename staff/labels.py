"""What colleagues read for each of the house's words. English msgids; Dutch is in `locales/`."""

from collections.abc import Mapping
from enum import StrEnum

from aftercare.service import N_
from conversations.words import (
    Answer,
    ChangeKind,
    Channel,
    CheckInStatus,
    EscalationStatus,
    ExitReason,
    Form,
    MessageStatus,
    NoticeKind,
    OutcomeKind,
    Purpose,
    Role,
    Side,
    Standing,
    Topic,
    Urgency,
)

# By class, because words of two classes can be the same string.
LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Channel: {Channel.SMS: N_("SMS"), Channel.TELEGRAM: N_("Telegram")},
    Form: {
        Form.ACTIVE: N_("active"),
        Form.PASSIVE: N_("passive"),
        Form.DECLINED: N_("declined"),
    },
    Standing: {
        Standing.INVITED: N_("invited"),
        Standing.ACTIVE: N_("running"),
        Standing.DECLINED: N_("does not want aftercare"),
        Standing.LAPSED: N_("invitation lapsed"),
        Standing.WITHDRAWN: N_("stopped"),
        Standing.COMPLETED: N_("completed"),
    },
    ExitReason: {
        ExitReason.WORK: N_("work"),
        ExitReason.STUDY: N_("study"),
        ExitReason.OTHER: N_("other reason"),
    },
    Purpose: {
        Purpose.CONTACT: N_("to be sent messages"),
        Purpose.RECORD: N_("that contact moments are kept"),
        Purpose.SHARE: N_("that the other organisation may read along"),
    },
    Answer: {
        Answer.GOOD: N_("good"),
        Answer.SO_SO: N_("so-so"),
        Answer.NOT_GOOD: N_("not good"),
        Answer.JOB_LOST: N_("does not work any more"),
    },
    Side: {Side.WORK: N_("work"), Side.MUNICIPALITY: N_("municipality")},
    Topic: {
        Topic.WORK: N_("work"),
        Topic.JOB_LOST: N_("job lost"),
        Topic.MONEY: N_("money or debts"),
        Topic.HOME: N_("home or family"),
        Topic.HEALTH: N_("health or feelings"),
        Topic.LETTERS: N_("letters and forms"),
        Topic.OTHER: N_("something else"),
        Topic.DANGER: N_("possible danger"),
    },
    Urgency: {
        Urgency.NORMAL: N_("normal"),
        Urgency.URGENT: N_("urgent"),
        Urgency.DANGER: N_("danger"),
    },
    CheckInStatus: {
        CheckInStatus.PLANNED: N_("planned"),
        CheckInStatus.ASKED: N_("asked, no answer yet"),
        CheckInStatus.ANSWERED: N_("answered"),
        CheckInStatus.EXPIRED: N_("not answered"),
        CheckInStatus.SKIPPED: N_("skipped"),
        CheckInStatus.CANCELLED: N_("cancelled"),
    },
    MessageStatus: {
        MessageStatus.QUEUED: N_("waiting"),
        MessageStatus.SENDING: N_("being sent"),
        MessageStatus.SENT: N_("sent"),
        MessageStatus.DELIVERED: N_("delivered"),
        MessageStatus.FAILED: N_("failed"),
        MessageStatus.UNCERTAIN: N_("uncertain whether it arrived"),
        MessageStatus.EXPIRED: N_("expired, not sent"),
        MessageStatus.CANCELLED: N_("withdrawn, not sent"),
        MessageStatus.HANDLED: N_("received"),
        MessageStatus.SET_ASIDE: N_("could not be handled"),
    },
    EscalationStatus: {
        EscalationStatus.OPEN: N_("open"),
        EscalationStatus.TAKEN: N_("taken up"),
        EscalationStatus.CONTACTED: N_("contacted"),
        EscalationStatus.RESOLVED: N_("resolved"),
    },
    OutcomeKind: {
        OutcomeKind.HELPED: N_("Helped"),
        OutcomeKind.PARTLY: N_("Partly helped"),
        OutcomeKind.REFERRED: N_("Referred to somebody else"),
        OutcomeKind.NOT_REACHED: N_("Not reached"),
        OutcomeKind.NOT_NEEDED: N_("Help was not needed"),
        OutcomeKind.NOT_HELPED: N_("Not helped, says the participant"),
    },
    NoticeKind: {
        NoticeKind.HELP_ASKED: N_("Asked for help"),
        NoticeKind.URGENT_HELP_ASKED: N_("Asked for help, urgent"),
        NoticeKind.DANGER: N_("Possible danger"),
        NoticeKind.OVERDUE: N_("Overdue"),
        NoticeKind.NOT_CLOSED: N_("How did it end?"),
        NoticeKind.JOB_LOST: N_("Does not work any more"),
        NoticeKind.INVITATION_LAPSED: N_("Never answered the invitation"),
        NoticeKind.CHANNEL_STOPPED: N_("Cannot be reached any more"),
        NoticeKind.WROTE_AFTER_END: N_("Wrote outside the track"),
        NoticeKind.QUIET: N_("Has become quiet"),
        NoticeKind.NOT_HELPED: N_("Says that it did not help"),
        NoticeKind.EXIT_PREMIUM: N_("Half a year at work"),
        NoticeKind.HELD: N_("Routine stands still"),
    },
    ChangeKind: {
        ChangeKind.PAUSED: N_("paused"),
        ChangeKind.SKIPPED: N_("left out"),
        ChangeKind.MOVED: N_("moved"),
        ChangeKind.ADDED: N_("added"),
        ChangeKind.FORM: N_("other form"),
        ChangeKind.LANGUAGE: N_("other language"),
        ChangeKind.EXTENDED: N_("extended"),
        ChangeKind.CONTACT: N_("other contact"),
        ChangeKind.RELEASED: N_("released after danger"),
    },
    Role: {
        Role.WERKCOACH: N_("werkcoach"),
        Role.CONSULENT: N_("inkomensconsulent"),
        Role.BEHEERDER: N_("administrator"),
        Role.ONDERZOEKER: N_("researcher"),
    },
}

ACTIONS: Mapping[str, str] = {
    "enrol": N_("enrolled"),
    "read": N_("read the conversation"),
    "take": N_("took up a call for help"),
    "contacted": N_("had contact"),
    "resolve": N_("resolved a call for help"),
    "withdraw": N_("stopped the track on request"),
    "new_link": N_("made a new Telegram link"),
    "plan": N_("changed the plan"),
    "release": N_("released the track after danger"),
    "settings": N_("changed the settings"),
    "add_staff": N_("added a colleague"),
    "staff_left": N_("ended a colleague's account"),
}
"""What the audit says that somebody did."""

DONE: Mapping[str, str] = {
    "taken": N_("You have taken up this call for help. Call or visit the person."),
    "contacted": N_("Contact written down. Resolve the call when the question is answered."),
    "resolved": N_("The call for help is resolved."),
    "stopped": N_("The track has stopped. The person gets one last confirmation, if possible."),
    "added": N_("The colleague can sign in from now on."),
    "saved": N_("Saved."),
    "route": N_("The route is changed. Calls for help that are open stay with their team."),
    "mailed": N_("The mail host took the test mail. Look in your mailbox."),
    "applied": N_("The file is applied."),
    "left": N_("The colleague cannot sign in any more."),
    "signed-out": N_("You are signed out."),
    "ended": N_("You were signed out because you were away for a while. Sign in again."),
}
"""What a page says after something was done, by the word in its address."""
