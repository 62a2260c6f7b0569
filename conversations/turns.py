"""The values that the dialogue takes and gives: what came in, what is said, what happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from conversations.phrases import Phrase
from conversations.safety import DangerKind
from conversations.words import Answer, Form, MessageKind, Side, Standing, Topic, Urgency


class Waiting(StrEnum):
    """What the conversation waits for."""

    NOTHING = "nothing"
    CONSENT = "consent"  # yes or no to aftercare
    CHECK_IN = "check_in"  # how is it going at work?
    TOPIC = "topic"  # what is it about?
    OWN_WORDS = "own_words"  # would you tell more?
    MORE_WORDS = "more_words"  # a promise was made; what follows belongs to that call for help


@dataclass(frozen=True)
class State:
    """Where a conversation stands. Kept with the enrolment; holds nothing personal."""

    waiting: Waiting = Waiting.NOTHING
    question: int = 0  # the number of the last question, so that an old button is known as old
    check_in: int = 0  # the number of the last check-in question
    answer: Answer | None = None  # what was answered to it
    topic: Topic | None = None  # of the call for help that is being told
    puzzled: int = 0  # messages in a row that were not understood
    reminded: bool = False  # of the request for consent


@dataclass(frozen=True)
class Text:
    """What a person typed. `too_early`: it came before our running question had gone out."""

    words: str
    too_early: bool = False


@dataclass(frozen=True)
class Press:
    """A button: the number of its question, and the value of the choice."""

    question: int
    value: str


@dataclass(frozen=True)
class Attachment:
    """A photo, sticker, voice note...: never kept, only that there was one."""


@dataclass(frozen=True)
class Hello:
    """The person opened the chat again."""


@dataclass(frozen=True)
class Silence:
    """No answer came in the time that the question had."""


Incoming = Text | Press | Attachment | Hello | Silence


@dataclass(frozen=True)
class Context:
    """What the dialogue must know of the enrolment."""

    standing: Standing
    form: Form = Form.ACTIVE
    stop_is_answered: bool = False  # a stop word that the provider took and confirmed itself


@dataclass(frozen=True)
class Choice:
    """One way to answer: its value, and the phrase that labels it."""

    value: str
    label: Phrase


@dataclass(frozen=True)
class Say:
    """One message: a phrase, its choices, and the call for help whose promise it repeats."""

    phrase: Phrase
    kind: MessageKind = MessageKind.REPLY
    choices: tuple[Choice, ...] = ()
    numbered: bool = False  # without buttons, the choices are listed with digits
    promise: Topic | None = None
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ConsentGiven:
    """Yes to the request; `form` says what was agreed."""


@dataclass(frozen=True)
class ConsentRefused:
    """No to the request."""


@dataclass(frozen=True)
class InvitationLapsed:
    """Asked, reminded, never answered."""


@dataclass(frozen=True)
class CheckInAnswered:
    """`question` is the number of the question that was answered; `late` after a newer or none."""

    answer: Answer
    question: int
    late: bool = False


@dataclass(frozen=True)
class HelpAsked:
    """A call for help. `words`: the message itself tells about it."""

    topic: Topic
    urgency: Urgency = Urgency.NORMAL
    words: bool = False


@dataclass(frozen=True)
class WordsAdded:
    """The message belongs to the running call for help."""

    topic: Topic


@dataclass(frozen=True)
class Danger:
    """Somebody may be in danger."""

    kind: DangerKind


@dataclass(frozen=True)
class OptedOut:
    """The person wants no more messages."""


@dataclass(frozen=True)
class NeedsReading:
    """A message that the bot may not or cannot answer; a person must look."""


Event = (
    ConsentGiven
    | ConsentRefused
    | InvitationLapsed
    | CheckInAnswered
    | HelpAsked
    | WordsAdded
    | Danger
    | OptedOut
    | NeedsReading
)


@dataclass(frozen=True)
class Turn:
    """What follows on a message. `side` is whose words it held (rule 8); None: anyone's."""

    state: State
    says: tuple[Say, ...] = ()
    events: tuple[Event, ...] = ()
    side: Side | None = None
