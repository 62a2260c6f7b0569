"""`nazorg understand`: what the program makes of a message, one or a file of them."""

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from typer import BadParameter

from bot.printing import print_report
from conversations.understanding import meaning
from conversations.understanding.meaning import Understood

understanding = typer.Typer()

_AT_ONCE = 64
"""Lines that are read together."""


@dataclass(frozen=True)
class Line:
    """One line of the file: the object as it was, and what we read of it."""

    written: dict[str, Any]
    text: str
    lang: str | None


class BadLine(ValueError):
    """Why a line cannot be read."""


@understanding.command(epilog="Example: nazorg understand 'me baas maakt loon nie over'")
def understand(
    text: Annotated[str, typer.Argument(help="What somebody wrote.")] = "",
    file: Annotated[
        str,
        typer.Option(
            help="JSON lines with text and perhaps lang; - reads standard input. "
            "Each comes back with what is understood."
        ),
    ] = "",
    lang: Annotated[str, typer.Option(help="The language the writer is known to use.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
) -> None:
    """Show what is understood of a message: danger, stop, topic, route, and whether it is sure."""
    if bool(text) == bool(file):
        raise BadParameter("give a text, or --file with JSON lines; one of the two")
    if not meaning.load():
        print(
            f"nazorg: the model cannot be loaded ({meaning.why_not()}): by words alone, "
            "most messages stay unsure. Reinstall Nazorgbot's requirements.",
            file=sys.stderr,
        )
    if file:
        sys.exit(_read(file))
    print_report(report(meaning.understand(text, lang or None)), as_json)


def report(understood: Understood) -> dict[str, Any]:
    """What is understood, in plain values."""
    return {
        "route": understood.route,
        "topic": understood.danger or next(iter(understood.labels), None),
        "topics": list(understood.labels),
        "urgent": understood.urgent,
        "danger": understood.danger,
        "stop": understood.stop,
        "person": understood.person,
        "mood": understood.mood,
        "lang": understood.lang,
        "sure": understood.sure,
        "likely": list(understood.likely),
    }


def _read(file: str) -> int:
    """Answer each line of `file`; the exit code: 2 when some could not be read."""
    waiting: list[Line] = []
    wrong = 0
    with nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as source:
        for number, written in enumerate(source, 1):
            if not written.strip():
                continue
            try:
                waiting.append(_line(written))
            except BadLine as error:
                wrong += 1
                print(f"nazorg: {file}, line {number}: {error}", file=sys.stderr)
            if len(waiting) == _AT_ONCE:
                _answer(waiting)
                waiting = []
    _answer(waiting)
    return 2 if wrong else 0


def _line(written: bytes) -> Line:
    try:
        value = json.loads(written.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLine("not UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLine(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise BadLine('not an object such as {"text": "..."}')
    if not isinstance(value.get("text"), str):
        raise BadLine('"text" is missing, or not a string')
    lang = value.get("lang")
    if lang is not None and not isinstance(lang, str):
        raise BadLine('"lang" is not a string')
    return Line(value, value["text"], lang)


def _answer(lines: list[Line]) -> None:
    for line, answer in zip(lines, _understood(lines), strict=True):
        sys.stdout.write(json.dumps(line.written | report(answer), ensure_ascii=False) + "\n")


def _understood(lines: list[Line]) -> Iterator[Understood]:
    yield from meaning.understand_all([one.text for one in lines], [one.lang for one in lines])
