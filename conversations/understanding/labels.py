"""What a message can be about, finer than the topics of a desk: the model's vocabulary.

Clients see `Topic` (the menu), desks get `Topic`, staff may see the label. The values are the words
that the training sentences are marked with (`sentences/`).
"""

from enum import StrEnum

from conversations.safety import DangerKind
from conversations.words import Topic

LANGUAGES = ("nl", "en", "ar", "ti", "tr", "fa", "so", "uk", "pl")
"""What we read. Dutch first: it is the language of the house."""


class Route(StrEnum):
    """Where a message goes: the two parties' work, danger, or no call for help."""

    WERKCOACH = "werkcoach"
    GEMEENTE = "gemeente"
    CRISIS = "crisis"
    NONE = "none"
    PERSON = "person"
    STOP = "stop"
    UNCLEAR = "unclear"


DESKS = frozenset({Route.WERKCOACH, Route.GEMEENTE})
"""Where a call for help goes."""


class Mood(StrEnum):
    """How somebody sounds."""

    GOOD = "good"
    NEUTRAL = "neutral"
    LOW = "low"


class Label(StrEnum):
    """What a message is about. The order is that of the rows of the model."""

    CONFLICT = "conflict"
    WORKLOAD = "workload"
    CONTRACT = "contract"
    PAY = "pay"
    JOB_LOST = "job_lost"
    TRAINING = "training"
    SICK_LEAVE = "sick_leave"
    TRAVEL = "travel"
    OTHER_WORK = "other_work"
    DEBT = "debt"
    INCOME = "income"
    HOUSING = "housing"
    FAMILY = "family"
    WELLBEING = "wellbeing"
    LETTERS = "letters"
    LANGUAGE = "language"
    HEALTH = "health"
    SUICIDE = "suicide"
    VIOLENCE = "violence"
    EMERGENCY = "emergency"
    PERSON = "person"
    STOP = "stop"
    FINE = "fine"
    NONE = "none"
    UNCLEAR = "unclear"


LABELS = tuple(Label)

TOPIC_OF = {
    Label.CONFLICT: Topic.WORK,
    Label.WORKLOAD: Topic.WORK,
    Label.CONTRACT: Topic.WORK,
    Label.PAY: Topic.WORK,
    Label.JOB_LOST: Topic.JOB_LOST,
    Label.TRAINING: Topic.WORK,
    Label.SICK_LEAVE: Topic.WORK,
    Label.TRAVEL: Topic.WORK,
    Label.OTHER_WORK: Topic.WORK,
    Label.DEBT: Topic.MONEY,
    Label.INCOME: Topic.MONEY,
    Label.HOUSING: Topic.HOME,
    Label.FAMILY: Topic.HOME,
    Label.WELLBEING: Topic.HEALTH,
    Label.LETTERS: Topic.LETTERS,
    Label.LANGUAGE: Topic.OTHER,
    Label.HEALTH: Topic.HEALTH,
}
"""What the desks know it as. A label that is not here is no call for help about something."""

DANGER_OF = {
    Label.SUICIDE: DangerKind.SUICIDE,
    Label.EMERGENCY: DangerKind.EMERGENCY,
    Label.VIOLENCE: DangerKind.VIOLENCE,
}
"""The kinds of danger, the gravest first."""

_WORK = (Topic.WORK, Topic.JOB_LOST)

ROUTE_OF = (
    {
        label: Route.WERKCOACH if topic in _WORK else Route.GEMEENTE
        for label, topic in TOPIC_OF.items()
    }
    | dict.fromkeys(DANGER_OF, Route.CRISIS)
    | {
        Label.PERSON: Route.PERSON,
        Label.STOP: Route.STOP,
        Label.FINE: Route.NONE,
        Label.NONE: Route.NONE,
        Label.UNCLEAR: Route.UNCLEAR,
    }
)
"""The party that helps with it by default; which desk that is, is data (`storage.models.Route`)."""
