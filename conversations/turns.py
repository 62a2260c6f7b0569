"""The values that the dialogue takes and gives: what came in, what is said, what happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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
    SO_SO = "so_so"  # it goes so-so: is there something that we can help with?
    CONTRACT = "contract"  # the contract ends: help with finding work?
    STILL_WORKING = "still_working"  # the closing question
    HELPED = "helped"  # a desk was in touch: did it help?
    DEBT = "debt"  # urgent debts: shall we sign you up?
    PERSON = "person"  # a person is wanted: about work, or about something else?
    LANGUAGE = "language"  # shall I write in the language that you write in?
    WHICH_LANGUAGE = "which_language"  # another language: which one?


YES_OR_NO = frozenset(
    {
        Waiting.SO_SO,
        Waiting.CONTRACT,
        Waiting.STILL_WORKING,
        Waiting.HELPED,
        Waiting.DEBT,
        Waiting.LANGUAGE,
    }
)
"""Questions during the track that are answered by yes or no."""

TELLING = frozenset({Waiting.TOPIC, Waiting.OWN_WORDS, Waiting.DEBT, Waiting.PERSON})
"""Somebody who is telling what is wrong is not interrupted by the next step."""


@dataclass(frozen=True)
class Lapsed:
    """A yes-or-no question that was left open; a late answer to it is still heard."""

    waiting: Waiting
    question: int
    topic: Topic | None = None


@dataclass(frozen=True)
class State:
    """Where a conversation stands. Kept with the enrolment; holds nothing personal."""

    waiting: Waiting = Waiting.NOTHING
    question: int = 0  # the number of the last question, so that an old button is known as old
    check_in: int = 0  # the number of the last check-in question
    answer: Answer | None = None  # what was answered to it
    topic: Topic | None = None  # of the call for help that is being told
    puzzled: int = 0  # messages in a row that were not understood
    reminded: bool = False  # of the running question
    also: Topic | None = None  # of a second call for help, whose promise is still owed
    choices: tuple[Topic, ...] = ()  # the topics that were listed, when not all of them
    told: bool = False  # what it is about was written before the topic was asked
    then_check_in: bool = False  # how it goes at work is asked right after
    language: str | None = None  # that was offered
    lapsed: Lapsed | None = None
    silent: int = 0  # check-ins in a row without any sign of life


@dataclass(frozen=True)
class Text:
    """What a person typed. `too_early`: it came before our running question had gone out."""

    words: str
    too_early: bool = False

    def __post_init__(self) -> None:
        """Make halves of characters whole or a mark: neither a database nor a model takes them."""
        whole = self.words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        object.__setattr__(self, "words", whole)


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
    first_name: str = ""
    language: str = "nl"  # in which we write to the client
    languages: tuple[str, ...] = ()  # in which we can write
    contract_end: date | None = None


@dataclass(frozen=True)
class Choice:
    """One way to answer: its value, and the phrase that labels it, or a name as it is."""

    value: str
    label: Phrase | str


@dataclass(frozen=True)
class Say:
    """One message: a phrase, its choices, and the call for help whose promise it repeats. `day`
    fills in the day that it is about; `language` is another than the client's."""

    phrase: Phrase
    kind: MessageKind = MessageKind.REPLY
    choices: tuple[Choice, ...] = ()
    numbered: bool = False  # without buttons, the choices are listed with digits
    promise: Topic | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    language: str | None = None


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
    """A call for help. `words`: the message itself tells about it; `told`: those before did."""

    topic: Topic
    urgency: Urgency = Urgency.NORMAL
    words: bool = False
    told: bool = False


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


@dataclass(frozen=True)
class StepAnswered:
    """A step of the plan that asks something else than how it goes was answered."""

    question: int


@dataclass(frozen=True)
class WentQuiet:
    """Two check-ins in a row without any sign of life."""


@dataclass(frozen=True)
class StillWorking:
    """The answer to the closing question."""

    working: bool


@dataclass(frozen=True)
class TrackEnds:
    """All has been asked: the last word may be said."""


@dataclass(frozen=True)
class Helped:
    """Whether the client was helped with what they asked."""

    topic: Topic
    helped: bool


@dataclass(frozen=True)
class DebtHelpWanted:
    """The client asks to be signed up for debt help (Wgs art. 4)."""


@dataclass(frozen=True)
class PauseWanted:
    """No check-ins for so many days."""

    days: int


@dataclass(frozen=True)
class FormWanted:
    """From now on the other form."""

    form: Form


@dataclass(frozen=True)
class LanguageWanted:
    """From now on in this language."""

    language: str


@dataclass(frozen=True)
class WrongPerson:
    """This telephone is not the client's."""


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
    | StepAnswered
    | WentQuiet
    | StillWorking
    | TrackEnds
    | Helped
    | DebtHelpWanted
    | PauseWanted
    | FormWanted
    | LanguageWanted
    | WrongPerson
)


@dataclass(frozen=True)
class Turn:
    """What follows on a message. `side` is whose words it held (rule 8); None: anyone's."""

    state: State
    says: tuple[Say, ...] = ()
    events: tuple[Event, ...] = ()
    side: Side | None = None
