"""What the page shows of the clients: who there are, and what is on the chosen one's telephone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

import locales
from aftercare import speech
from aftercare.subject import Subject
from bot.demo.words import LANGUAGES
from conversations.phrases import Phrase
from conversations.topics import ANSWERS, MENU
from conversations.turns import TELLING, YES_OR_NO, State, Waiting
from conversations.words import (
    Answer,
    Channel,
    Direction,
    EscalationStatus,
    Form,
    MessageStatus,
    Standing,
    Topic,
    Urgency,
)
from scheduler.calendar import Hours, local_day
from storage.models import CheckIn, Client, Enrolment, Escalation, Message, Municipality

_ARRIVED = (MessageStatus.SENT, MessageStatus.DELIVERED)
_MOST = 120
_CALM, _WELL, _BUSY, _ALARM = "calm", "well", "busy", "alarm"


@dataclass(frozen=True)
class Glance:
    """One line of the list: who, over which channel, and in a word how it goes. `tone` is the
    colour of that word."""

    reference: str
    name: str
    channel: Channel
    phase: str
    tone: str


@dataclass(frozen=True)
class Bubble:
    """One message on the telephone. `choice`: a button that was pressed, not typed words."""

    id: int
    day: str
    time: str
    is_own: bool
    text: str
    choice: bool = False
    buttons: tuple[tuple[str, str], ...] = ()
    chosen: str | None = None


@dataclass(frozen=True)
class Hint:
    """An answer to give with one tap: what it says, and what is sent."""

    label: str
    text: str
    is_danger: bool = False


async def everybody(session: AsyncSession) -> list[Glance]:
    """All clients with their newest track, the newest first."""
    newest = select(func.max(Enrolment.id)).group_by(Enrolment.client_id)
    rows = await session.execute(
        select(Client, Enrolment, Municipality)
        .join(Enrolment, Enrolment.client_id == Client.id)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .where(Enrolment.id.in_(newest))
        .order_by(Client.id.desc())
    )
    subjects = [Subject(client, enrolment, place) for client, enrolment, place in rows]
    calls: dict[int, list[Escalation]] = {}
    for call in await session.scalars(
        select(Escalation).where(Escalation.status != EscalationStatus.RESOLVED)
    ):
        calls.setdefault(call.enrolment_id, []).append(call)
    resolved = set(
        await session.scalars(
            select(Escalation.enrolment_id).where(Escalation.status == EscalationStatus.RESOLVED)
        )
    )
    answered = await session.execute(
        select(CheckIn.enrolment_id, CheckIn.answer)
        .where(CheckIn.answer.is_not(None))
        .order_by(CheckIn.answered_at)
    )
    answers: dict[int, Answer | None] = {row.enrolment_id: row.answer for row in answered}
    return [
        Glance(
            subject.client.reference,
            subject.client.first_name,
            subject.client.channel,
            *_phase(
                subject,
                calls.get(subject.enrolment.id, ()),
                answers.get(subject.enrolment.id),
                was_helped=subject.enrolment.id in resolved,
            ),
        )
        for subject in subjects
    ]


def _phase(
    subject: Subject, calls: Sequence[Escalation], answer: Answer | None, *, was_helped: bool
) -> tuple[str, str]:
    """In a word how it goes, and the colour of it; what is most pressing comes first."""
    if any(call.urgency is Urgency.DANGER for call in calls):
        return "danger", _ALARM
    if any(call.status is EscalationStatus.OPEN for call in calls):
        return "asks", _ALARM
    match subject.enrolment.standing:
        case Standing.INVITED:
            is_linked = subject.client.channel is not Channel.TELEGRAM or subject.client.chat
            return ("invited" if is_linked else "unlinked"), _CALM
        case Standing.ACTIVE:
            return _running(subject, calls, answer, was_helped=was_helped)
        case ended:
            return str(ended), _WELL if ended is Standing.COMPLETED else _CALM


def _running(
    subject: Subject, calls: Sequence[Escalation], answer: Answer | None, *, was_helped: bool
) -> tuple[str, str]:
    if subject.enrolment.job_lost_at:
        return "job_lost", _BUSY
    if calls:
        return "helped", _BUSY
    if subject.state.waiting in TELLING:
        return "talking", _BUSY
    if subject.state.waiting is Waiting.CHECK_IN:
        return "asked", _BUSY
    if subject.enrolment.form is Form.PASSIVE:
        return "passive", _CALM
    if answer is None:
        return "waits", _CALM
    if answer is Answer.NOT_GOOD and was_helped:
        return "was_helped", _WELL
    return str(answer), _WELL if answer is Answer.GOOD else _BUSY


async def bubbles(session: AsyncSession, subject: Subject, language: str) -> list[Bubble]:
    """What is on the client's telephone: what has arrived, and what they wrote themselves."""
    moment = func.coalesce(Message.sent_at, Message.at)
    rows = await session.scalars(
        select(Message)
        .where(
            Message.client_id == subject.client.id,
            or_(Message.direction == Direction.IN, Message.status.in_(_ARRIVED)),
        )
        .order_by(moment.desc(), Message.id.desc())
        .limit(_MOST)
    )
    messages = list(rows)[::-1]
    labels = {
        data.partition(":")[2]: label for one in messages for label, data in one.buttons or ()
    }
    chosen = _chosen(messages)
    return [_bubble(one, subject.hours, language, labels, chosen) for one in messages]


def _bubble(
    message: Message,
    hours: Hours,
    language: str,
    labels: Mapping[str, str],
    chosen: Mapping[int, str],
) -> Bubble:
    is_own = message.direction is Direction.IN
    moment = message.sent_at or message.at
    text, choice = message.text, False
    if is_own and text.startswith("[") and text.endswith("]"):
        value, choice = text[1:-1], True
        words = LANGUAGES[language]
        other = {"start": words["chat_opened"], "bijlage": words["attachment"]}
        text = labels.get(value) or other.get(value, value)
    return Bubble(
        id=message.id,
        day=locales.say_day(local_day(moment, hours), language),
        time=locales.say_time(moment, hours.zone, language),
        is_own=is_own,
        text=text,
        choice=choice,
        buttons=tuple((label, data) for label, data in message.buttons or ()),
        chosen=chosen.get(message.id),
    )


def _chosen(messages: Sequence[Message]) -> dict[int, str]:
    """By the id of a question with buttons, the button that was pressed right after it."""
    chosen: dict[int, str] = {}
    asked: Message | None = None
    for one in messages:
        if one.direction is Direction.OUT and one.buttons:
            asked = one
        elif one.direction is Direction.IN and asked is not None:
            for _, data in asked.buttons or ():
                if one.text == f"[{data.partition(':')[2]}]":
                    chosen[asked.id] = data
    return chosen


def hints(subject: Subject) -> list[Hint]:
    """What one could well answer now, in the client's language."""
    language, state = subject.client.language, subject.state
    words = LANGUAGES.get(language, LANGUAGES[locales.HOUSE])
    has_buttons = subject.client.channel in speech.WITH_BUTTONS
    if subject.enrolment.standing is Standing.INVITED:
        return [Hint(words["yes"], words["yes"]), Hint(words["no"], words["no"])]
    stop, aid = Hint("STOP", "STOP"), Hint(words["help"], words["help"])
    danger = Hint(words["example_danger"], words["example_danger"], is_danger=True)
    match state.waiting:
        case Waiting.CHECK_IN if not has_buttons:
            return [*_digits(ANSWERS, "answer", language), stop]
        case Waiting.TOPIC if not has_buttons:
            return [*_digits(MENU, "topic", language)]
        case waiting if waiting in YES_OR_NO and not has_buttons:
            return [Hint(words["yes"], words["yes"]), Hint(words["no"], words["no"]), aid, stop]
        case Waiting.OWN_WORDS:
            return [*_own_words(state, words), Hint(words["no"], words["no"])]
        case _:
            return [aid, Hint(words["thanks"], words["thanks"]), stop, danger]


def _digits(values: Sequence[Answer | Topic], kind: str, language: str) -> list[Hint]:
    return [
        Hint(f"{digit} {speech.phrase(Phrase(f'{kind}_{value}'), language)}", str(digit))
        for digit, value in enumerate(values, start=1)
    ]


def _own_words(state: State, words: Mapping[str, str]) -> list[Hint]:
    text = words.get(f"example_{state.topic}", words["example_other"])
    return [Hint(text, text)]
