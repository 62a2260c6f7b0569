"""One of a crowd: a person with a track, a conversation, and what was asked and done."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aftercare import names
from conversations.topics import side_of
from conversations.understanding.labels import Label, Mood
from conversations.words import (
    Answer,
    Channel,
    CheckInStatus,
    Direction,
    EscalationStatus,
    ExitReason,
    Form,
    HandingKind,
    MessageKind,
    MessageStatus,
    NoticeKind,
    NoticeStatus,
    OutcomeKind,
    Purpose,
    Side,
    Standing,
    Topic,
    Urgency,
)
from scheduler.taper import DAYS
from storage.encryption import ring
from storage.models import (
    Base,
    CheckIn,
    Client,
    Consent,
    EmergencyRead,
    Enrolment,
    Escalation,
    Handing,
    InstrumentUse,
    Message,
    NameStart,
    Note,
    Notice,
    Outcome,
)
from storage.models.base import new_reference

FIRST_ID = 1_000_000
MONTHS = timedelta(days=548)
"""So long ago the first of them was enrolled."""

_TRACK = timedelta(days=183)
_ONSETS = ("A", "Ab", "Am", "Be", "Da", "El", "Fa", "Ha", "Jo", "Ka", "Le", "Mo", "Mu", "Ni", "Sa")
_ENDINGS = ("na", "mina", "hamed", "ra", "lin", "dir", "ris", "sha", "bel", "vid", "tje", "lika")
_TEXTS = (
    "Het gaat goed op het werk, dank je wel",
    "Mijn rooster verandert elke week en ik kan de opvang niet regelen",
    "Ik heb een brief gekregen die ik niet begrijp, kan iemand meekijken?",
    "Fijn om te horen! Over twee weken vraag ik weer hoe het gaat.",
    "Hoe gaat het met je werk? Antwoord met een cijfer: 1 goed, 2 gaat wel, 3 niet goed.",
)

Rows = dict[type[Base], list[dict[str, Any]]]


@dataclass(frozen=True)
class House:
    """What the people are spread over: desks by municipality, colleagues, instruments."""

    desks: Mapping[int, Mapping[Side, int]]
    staff: Sequence[int]
    instruments: Sequence[int]
    now: datetime


def person(
    rows: Rows, number: int, people: int, messages: int, house: House, chance: random.Random
) -> None:
    """Add the rows of one of so many `people`, the longer ago the lower the number."""
    key = FIRST_ID + number
    is_known = number == known_number(people)
    began = house.now - MONTHS * (1 - (number + 0.5) / people)
    ended = began + _TRACK
    standing = Standing.ACTIVE if ended > house.now else Standing.COMPLETED
    standing = (
        standing
        if is_known
        else chance.choices(
            (standing, Standing.WITHDRAWN, Standing.LAPSED, Standing.INVITED), (88, 5, 5, 2)
        )[0]
    )
    name = chance.choice(_ONSETS) + chance.choice(_ENDINGS) if number % 30 else "Mohamed"
    is_sms = is_known or number % 3 > 0
    runs = standing is Standing.ACTIVE
    rows[Client].append(
        {
            "id": key,
            "reference": new_reference(),
            "first_name": name,
            "number": f"+31600{100_000 + number}",
            "number_hash": ring().look_up("number", f"+31600{100_000 + number}"),
            "channel": Channel.SMS if is_sms else Channel.TELEGRAM,
            "language": chance.choices(("nl", "ar", "en", "pl"), (70, 15, 10, 5))[0],
            "created_at": began,
        }
    )
    rows[NameStart] += [{"client_id": key, "bucket": one} for one in names.buckets(name)]
    place = chance.choice(sorted(house.desks))
    rows[Enrolment].append(
        {
            "id": key,
            "client_id": key,
            "municipality_id": place,
            "form": Form.ACTIVE,
            "standing": standing,
            "first_working_day": began.date(),
            "exit_reason": ExitReason.WORK,
            "contract_end": (began + timedelta(days=200)).date() if number % 2 else None,
            "werkcoach_id": chance.choice(house.staff),
            "consulent_id": chance.choice(house.staff),
            "dialogue": {"silent": 3 if number % 16 == 1 else 0},
            "created_at": began,
            "ends_at": ended,
            "ended_at": None if runs else min(ended, house.now),
        }
    )
    purposes = (Purpose.CONTACT, Purpose.RECORD, *([Purpose.SHARE] if number % 5 < 2 else []))
    if standing not in (Standing.LAPSED, Standing.INVITED):
        rows[Consent] += [
            {"enrolment_id": key, "purpose": one, "wording": "2026-01", "given_at": began}
            for one in purposes
        ]
    rows[CheckIn] += _check_ins(key, began, runs, house, chance)
    call = None
    if is_known or chance.random() < 0.3:
        call = _call(rows, key, place, began, house, chance)
    if is_known:
        rows[Escalation][-1] |= {
            "topic": Topic.WORK,
            "desk_id": house.desks[place][Side.WORK],
            "status": EscalationStatus.OPEN,
            "resolved_at": None,
        }
    rows[Message] += _messages(key, began, messages, call, house, chance)
    if number % 20 == 0:
        desk = house.desks[place][chance.choice(tuple(Side))]
        at = began + min(timedelta(days=40), (house.now - began) * 0.9)
        rows[Notice].append(_notice(key, desk, at, NoticeKind.QUIET, None))
    if number % 100 == 0:
        rows[EmergencyRead].append(
            {
                "reference": new_reference(),
                "client_id": key,
                "enrolment_id": key,
                "staff_member_id": chance.choice(house.staff),
                "desk_id": house.desks[place][Side.WORK],
                "reason": "hoorde aan de telefoon dat het thuis niet veilig is",
                "at": began,
                "until": began + timedelta(hours=1),
            }
        )


def known_number(people: int) -> int:
    """Of so many people, the number of one whose track runs and who asks for help."""
    return people * 4 // 5


def _check_ins(
    key: int, began: datetime, runs: bool, house: House, chance: random.Random
) -> Iterator[dict[str, Any]]:
    for question, day in enumerate(DAYS):
        due = began + timedelta(days=day)
        is_answered = chance.random() < 0.7
        status = CheckInStatus.ANSWERED if is_answered else CheckInStatus.EXPIRED
        if due > house.now:
            status = CheckInStatus.PLANNED if runs else CheckInStatus.CANCELLED
        was_asked = due <= house.now
        answer = chance.choices(list(Answer), (70, 18, 9, 3))[0]
        yield {
            "enrolment_id": key,
            "step": f"day-{day}",
            "due_at": due,
            "status": status,
            "question": question if was_asked else None,
            "asked_at": due if was_asked else None,
            "answer_by": due + timedelta(days=5) if was_asked else None,
            "answer": answer if was_asked and is_answered else None,
            "answered_at": due + timedelta(hours=3) if was_asked and is_answered else None,
        }


def _call(
    rows: Rows, key: int, place: int, began: datetime, house: House, chance: random.Random
) -> tuple[int, Topic, datetime]:
    """A call for help in one of all its states; the older, the further."""
    topic = chance.choices((Topic.WORK, Topic.JOB_LOST, Topic.MONEY, Topic.HEALTH, Topic.HOME),
                           (40, 10, 30, 10, 10))[0]  # fmt: skip
    desk = house.desks[place][side_of(topic)]
    opened = began + min(_TRACK, house.now - began) * chance.random()
    is_old = house.now - opened > timedelta(days=15)
    status = EscalationStatus.RESOLVED
    if not is_old or chance.random() < 0.02:
        status = chance.choice(list(EscalationStatus))
    taken = status is not EscalationStatus.OPEN
    contacted = status in (EscalationStatus.CONTACTED, EscalationStatus.RESOLVED)
    resolved = status is EscalationStatus.RESOLVED
    owner = chance.choice(house.staff) if taken else None
    rows[Escalation].append(
        {
            "id": key,
            "reference": new_reference(),
            "client_id": key,
            "enrolment_id": key,
            "topic": topic,
            "desk_id": desk,
            "urgency": chance.choices((Urgency.NORMAL, Urgency.URGENT), (8, 2))[0],
            "status": status,
            "opened_at": opened,
            "deadline": opened + timedelta(days=2),
            "owner_id": owner,
            "taken_at": opened + timedelta(hours=5) if taken else None,
            "contacted_at": opened + timedelta(hours=chance.randint(6, 70)) if contacted else None,
            "resolved_at": opened + timedelta(days=4) if resolved else None,
            "helped": chance.choice((True, False, None)) if resolved else None,
        }
    )
    told = NoticeKind.HELP_ASKED
    rows[Notice].append(_notice(key, desk, opened, told, key))
    if owner:
        day = opened + timedelta(days=1)
        by = {"escalation_id": key, "staff_member_id": owner}
        rows[Handing].append(
            {
                "escalation_id": key,
                "at": opened,
                "kind": HandingKind.TAKEN,
                "desk_id": desk,
                "by_id": owner,
                "to_id": owner,
            }
        )
        rows[Note].append(by | {"at": day, "text": "Gebeld, belt morgen terug."})
        rows[InstrumentUse].append(
            by
            | {
                "instrument_id": chance.choice(house.instruments),
                "enrolment_id": key,
                "used_on": day.date(),
            }
        )
        if resolved:
            rows[Outcome].append(by | {"kind": chance.choice(list(OutcomeKind)), "at": day})
    return key, topic, opened


def _notice(
    key: int, desk: int, at: datetime, kind: NoticeKind, call: int | None
) -> dict[str, Any]:
    return {
        "kind": kind,
        "desk_id": desk,
        "enrolment_id": key,
        "escalation_id": call,
        "status": NoticeStatus.SENT,
        "at": at,
        "not_before": at,
        "sent_at": at,
    }


def _messages(
    key: int,
    began: datetime,
    count: int,
    call: tuple[int, Topic, datetime] | None,
    house: House,
    chance: random.Random,
) -> Iterator[dict[str, Any]]:
    """A third comes in, and half of that in own words; a call begins at one of these."""
    pace = min(_TRACK, house.now - began) / count
    labels = list(Label)
    for number in range(count):
        came_in = number % 3 == 2
        at = began + pace * number
        in_own_words = came_in and number % 2 == 0
        asks = call is not None and in_own_words and at <= call[2] < at + 6 * pace
        side = side_of(call[1]) if asks and call else chance.choice(tuple(map(side_of, Topic)))
        yield {
            "client_id": key,
            "enrolment_id": key,
            "direction": Direction.IN if came_in else Direction.OUT,
            "channel": Channel.SMS if key % 3 else Channel.TELEGRAM,
            "external_id": f"crowd-{key}-{number}",
            "text": _TEXTS[number % len(_TEXTS)],
            "side": side if in_own_words else None,
            "escalation_id": call[0] if asks and call else None,
            "at": at,
            "status": MessageStatus.HANDLED if came_in else MessageStatus.DELIVERED,
            "label": chance.choice(labels) if in_own_words else None,
            "language": "nl" if in_own_words else None,
            "mood": Mood.NEUTRAL if in_own_words else None,
            "urgent": False if in_own_words else None,
            "sure": True if in_own_words else None,
            "kind": None if came_in else chance.choice((MessageKind.REPLY, MessageKind.ROUTINE)),
            "phrase": None if came_in else "check_in",
            "rank": None if came_in else 2,
            "sent_at": None if came_in else at,
        }
