"""A client's file to take along: JSON for programs, CSV for a spreadsheet.

Both hold what the reader may read (`staff.file`), in the words of the database in JSON and in the
console's words in CSV. A spreadsheet takes a cell that begins with = + - @ for a formula and runs
it, whoever wrote it: such a cell gets an apostrophe in front (OWASP, CSV injection).
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aftercare.service import N_
from staff.calls import KnownCall
from staff.conversation import Line, Meaning
from staff.file import Change, File
from staff.wording import Words

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_WITHHELD = N_("for the other side only")


def as_json(file: File, words: Words) -> str:
    """The file as one object; moments in ISO 8601, UTC."""
    client = file.client
    content = {
        "exported_at": words.now,
        "client": {
            "reference": client.reference,
            "first_name": client.first_name,
            "number": client.number,
            "channel": client.channel,
            "language": client.language,
        },
        "tracks": [
            {
                "municipality": track.place.name,
                "form": track.enrolment.form,
                "standing": track.enrolment.standing,
                "first_working_day": track.enrolment.first_working_day,
                "contract_end": track.enrolment.contract_end,
                "exit_reason": track.enrolment.exit_reason,
                "werkcoach": track.werkcoach and track.werkcoach.name,
                "inkomensconsulent": track.consulent and track.consulent.name,
                "enrolled_at": track.enrolment.created_at,
                "ends_at": track.enrolment.ends_at,
                "ended_at": track.enrolment.ended_at,
            }
            for track in file.person.tracks
        ],
        "consents": [
            {
                "purpose": one.purpose,
                "wording": one.wording,
                "given_at": one.given_at,
                "withdrawn_at": one.withdrawn_at,
            }
            for one in file.consents
        ],
        "check_ins": [
            {
                "step": one.step,
                "status": one.status,
                "due_at": one.due_at,
                "asked_at": one.asked_at,
                "answer": one.answer,
                "answered_at": one.answered_at,
            }
            for one in file.steps
        ],
        "changes": [_change(one) for one in file.changes],
        "calls": [_call(one) for one in file.calls],
        "messages": [_message(one) for one in file.lines],
    }
    return json.dumps(content, default=_plain, ensure_ascii=False, indent=1)


def as_csv(file: File, words: Words) -> str:
    """The file as a table in the order of time, one line for each thing that happened; with a
    semicolon and a byte order mark, as a Dutch spreadsheet expects."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";")
    head = (N_("moment"), N_("what"), N_("who"), N_("how"), N_("text"), N_("understood as"))
    table.writerow([words.say(one) for one in head])
    zone = ZoneInfo(file.person.track.place.zone)
    for moment, *cells in sorted(_lines(file, words), key=lambda one: one[0]):
        local = moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        empty = [""] * (len(head) - 1 - len(cells))
        table.writerow([local, *(safe(cell) for cell in cells), *empty])
    return "\ufeff" + written.getvalue()


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.lstrip(" ").startswith(_FORMULA) else cell


def _lines(file: File, words: Words) -> Iterator[tuple[datetime, *tuple[str, ...]]]:
    say, label, name = words.say, words.label, file.client.first_name
    for track in file.person.tracks:
        yield track.enrolment.created_at, say(N_("enrolled")), "", label(track.enrolment.form), ""
    for consent in file.consents:
        about = label(consent.purpose)
        yield consent.given_at, say(N_("consent given")), name, consent.wording, about
        if consent.withdrawn_at:
            yield consent.withdrawn_at, say(N_("consent withdrawn")), name, "", about
    for step in file.steps:
        how = label(step.answer or step.status)
        moment = step.answered_at or step.asked_at or step.due_at
        yield moment, say(N_("check-in")), "", how, words.step(step.step)
    for change in file.changes:
        who = change.by.name if change.by else name
        why = say(_WITHHELD) if change.withheld else change.reason or ""
        yield change.kept.at, say(N_("plan changed")), who, label(change.kept.kind), why
    for known in file.calls:
        call = known.call
        if call is None:
            continue
        who = known.owner.name if known.owner else ""
        yield call.opened_at, say(N_("call for help")), who, label(known.status), label(call.topic)
        if known.outcome:
            done = ", ".join([label(known.outcome.kind), *known.instruments])
            yield known.outcome.at, say(N_("outcome")), who, done, known.outcome.note or ""
    for line in file.lines:
        writer = N_("A colleague, by the bot") if line.by_colleague else N_("the bot")
        who = name if line.is_in else say(writer)
        text = say(_WITHHELD) if line.text is None else line.text
        understood = _in_words(line.meaning, words) if line.meaning else ""
        yield line.at, say(N_("message")), who, label(line.status), text, understood


def _in_words(meaning: Meaning, words: Words) -> str:
    labels = [words.label(one) for one in (meaning.label, meaning.also) if one]
    urgent = [words.say(N_("urgent"))] if meaning.urgent else []
    sure = words.say(N_("sure")) if meaning.sure else words.say(N_("not sure"))
    return ", ".join([" + ".join(labels), words.label(meaning.mood), *urgent, sure])


def _change(change: Change) -> dict[str, Any]:
    kept = change.kept
    return {
        "at": kept.at,
        "kind": kept.kind,
        "by": change.by and change.by.name,
        "reason": change.reason,
        "reason_withheld": change.withheld,
        "step": kept.step,
        "until": kept.until,
    }


def _call(known: KnownCall) -> dict[str, Any]:
    call, outcome = known.call, known.outcome
    if call is None:
        return {"group": known.group, "status": known.status, "withheld": True}
    return {
        "reference": call.reference,
        "group": known.group,
        "topic": call.topic,
        "urgency": call.urgency,
        "status": known.status,
        "opened_at": call.opened_at,
        "deadline": call.deadline,
        "contacted_at": call.contacted_at,
        "resolved_at": call.resolved_at,
        "owner": known.owner and known.owner.name,
        "outcome": outcome and outcome.kind,
        "note": outcome and outcome.note,
        "instruments": known.instruments,
    }


def _message(line: Line) -> dict[str, Any]:
    return {
        "at": line.at,
        "direction": line.direction,
        "channel": line.channel,
        "status": line.status,
        "by_colleague": line.by_colleague,
        "error": line.error,
        "text": line.text,
        "withheld": line.text is None,
        "call": line.call,
        "language": line.language or None,
        "understood": line.meaning and asdict(line.meaning),
    }


def _plain(value: date) -> str:
    """What JSON has no word for: days and moments."""
    return value.isoformat()
