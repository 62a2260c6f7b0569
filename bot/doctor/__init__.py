"""`nazorg doctor`: everything an installation needs, tried and explained on one page.

It changes nothing: no key is made, no table, and what it writes is taken back. The network is
asked all at once, each with a short time-out, so that the page is there in some seconds.
"""

import asyncio
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.doctor import around, arrangements, data, here, mail, outside, sign_in
from bot.doctor.finding import CHECKS, Finding, State, wrong
from bot.printing import print_report
from bot.settings import Settings, WrongSettings, load_settings
from storage.database import Database

__all__ = ["CHECKS", "Finding", "State", "examine", "run"]

_COLOURS = {State.OK: "green", State.ATTENTION: "yellow", State.WRONG: "red"}
_INDENT = 10
_WAITING = "waiting for the network ..."


async def run(*, port: int, mail_to: str = "", as_json: bool = False) -> int:
    """Print the page as it becomes known. Returns 1 when something is wrong, else 0."""
    findings = []
    async for finding in examine(port, mail_to):
        findings.append(finding)
        if not as_json:
            _forget_progress()
            _print(finding)
            _show_progress()
    if as_json:
        print_report([_plain(one) for one in findings], as_json)
    else:
        _forget_progress()
        _print_sum(findings)
    return int(any(one.state is State.WRONG for one in findings))


async def examine(port: int, mail_to: str = "") -> AsyncIterator[Finding]:
    """Everything, one after the other."""
    try:
        settings = load_settings()
    except WrongSettings as error:
        for line in str(error).split("; "):
            yield wrong("settings", line, "Mend it in .env or the environment: docs/settings.md")
        return
    skews: outside.Skews = {}
    public_url = settings.public_url or f"http://127.0.0.1:{port}"
    asked = [
        asyncio.ensure_future(one)
        for one in (
            outside.telegram(settings, skews),
            outside.twilio(settings, public_url, skews),
            _list(asyncio.to_thread(mail.look, settings, mail_to)),
            _list(sign_in.look(settings)),
            around.public_address(settings),
            _list(around.service(settings, port)),
        )
    ]
    try:
        for finding in here.look(settings):
            yield finding
        opened = data.opened(settings)
        if isinstance(opened, Finding):
            yield opened
        else:
            async for finding in _database(settings, opened, skews):
                yield finding
        for task in asked:
            for finding in await task:
                yield finding
        yield around.clock(skews)
    finally:
        for task in asked:
            task.cancel()


async def _database(
    settings: Settings, database: Database, skews: outside.Skews
) -> AsyncIterator[Finding]:
    try:
        good = False
        async for finding in data.examine(settings, database):
            good = finding.check == "backup"  # the last of them: all before went well
            yield finding
        if good:
            for finding in await arrangements.examine(settings, database):
                yield finding
            for finding in await data.waiting(settings, database):
                yield finding
            if not database.is_sqlite:
                skews["the database"] = await database.ahead()
    except SQLAlchemyError as error:
        yield wrong("database", type(error).__name__, "See the log of nazorg.")
    finally:
        with suppress(SQLAlchemyError):
            await database.close()


async def _list(one: Awaitable[Finding]) -> list[Finding]:
    return [await one]


def _print(finding: Finding) -> None:
    state = typer.style(f"{finding.state:9}", fg=_COLOURS[finding.state])
    name = f"{finding.check:{35 if finding.check.startswith('NAZORG_') else 16}}"
    typer.echo(f"{state} {name} {finding.found}")
    if finding.state is not State.OK:
        for line in (f"This is about {finding.means}.", f"-> {finding.do}"):
            for part in textwrap.wrap(line, _page_width() - _INDENT, subsequent_indent="   "):
                typer.echo(" " * _INDENT + part)


def _page_width() -> int:
    return max(60, min(110, shutil.get_terminal_size().columns))


def _print_sum(findings: list[Finding]) -> None:
    count = Counter(one.state for one in findings)
    typer.echo(
        f"\n{count[State.WRONG]} wrong, {count[State.ATTENTION]} to look at, "
        f"{count[State.OK]} ok. docs/operations.md explains each line."
    )


def _plain(finding: Finding) -> dict[str, str]:
    return {
        "check": finding.check,
        "state": finding.state,
        "found": finding.found,
        "means": finding.means,
        "do": finding.do,
    }


def _show_progress() -> None:
    if sys.stderr.isatty():
        typer.echo(_WAITING, nl=False, err=True)


def _forget_progress() -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r{'':{len(_WAITING)}}\r", nl=False, err=True)
