"""The commands about what is said: talk to the bot in the terminal, list every message."""

import asyncio
import sys
from datetime import date
from typing import Annotated

import typer

import locales
from aftercare.service import Refused
from bot.printing import print_report
from conversations.words import Form

conversation = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Language = Annotated[str, typer.Option("--lang", help="Language of the messages.")]


@conversation.command(epilog="Example: nazorg talk --lang en")
def talk(
    language: Language = locales.HOUSE,
    name: Annotated[str, typer.Option(help="First name of the client.")] = "Amina",
    form: Annotated[Form, typer.Option(help="What was agreed.")] = Form.ACTIVE,
    contract_end: Annotated[str, typer.Option(help="Last day of the contract, if any.")] = "",
) -> None:
    """Be a client, with the terminal as a phone and a clock to travel. Nothing is really sent."""
    _check(language)
    if form is Form.DECLINED:
        raise Refused("whoever declined gets no messages", "form")
    try:
        ends = date.fromisoformat(contract_end) if contract_end else None
    except ValueError:
        raise Refused("write the day as 2026-07-31", "contract_end") from None
    asyncio.run(_talk(name, language, form, ends))


async def _talk(name: str, language: str, form: Form, contract_end: date | None) -> None:
    from bot.talk import person, talking

    prompt = "> " if sys.stdin.isatty() else ""
    async with talking(person(name, language, form, contract_end), typer.echo) as one:
        if prompt:
            typer.echo("  (/help tells what you can do)")
        while line := await asyncio.to_thread(_line, prompt):
            if not prompt:
                typer.echo(f"> {line.strip()}")
            if not await one.do(line):
                break


def _line(prompt: str) -> str:
    """The next line that is typed, empty at the end of the input."""
    typer.echo(prompt, nl=False)
    return sys.stdin.readline()


@conversation.command(epilog="Example: nazorg phrases --lang nl")
def phrases(language: Language = locales.HOUSE, as_json: AsJson = False) -> None:
    """List every message as a client gets it, with its length and its SMS segments."""
    from aftercare.phrasebook import phrasebook

    _check(language)
    report = phrasebook(language)
    if as_json:
        print_report(report, as_json)
        return
    for one in report:
        parts = one["segments"]
        cost = f", {parts} segment{'s' if parts > 1 else ''}" if parts else ""
        typer.echo(f"{one['phrase']}  ({one['characters']} characters, {one['alphabet']}{cost})")
        for line in one["text"].splitlines():
            typer.echo(f"    {line}")


def _check(language: str) -> None:
    if language not in locales.languages():
        choices = ", ".join(locales.languages())
        raise Refused(f"there is no catalogue for {language}. Choose one of: {choices}.", "lang")
