"""The commands of whoever keeps an installation running: look after it, save it, put it back."""

import asyncio
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.opening import open_service
from bot.printing import print_report
from bot.settings import load_settings

operations = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@operations.command(epilog="Example: nazorg doctor --mail beheer@example.org")
def doctor(
    mail: Annotated[str, typer.Option(help="Send a test mail to this address.")] = "",
    port: Annotated[int, typer.Option(help="Port on this machine where nazorg runs.")] = 8000,
    as_json: AsJson = False,
) -> None:
    """Try every setting, and say what is wrong and what to do. Exit 1 when something is wrong."""
    from bot.doctor import run

    sys.exit(asyncio.run(run(port=port, mail_to=mail, as_json=as_json)))


@operations.command(epilog="Example: nazorg backup /var/backups/nazorg/$(date +%F).backup")
def backup(
    file: Annotated[Path, typer.Argument(help="File to write.")],
    force: Annotated[bool, typer.Option(help="Overwrite the file if it is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the database to one file, also while the service runs. The key is not in it."""
    from bot.backup.making import back_up

    settings = load_settings()
    made = asyncio.run(back_up(settings, file, force=force))
    keys = "NAZORG_KEYS" if settings.keys else str(settings.data_dir / "nazorg.key")
    report = asdict(made) | {
        "seconds": round(made.seconds, 1),
        "key": f"NOT in it: without {keys} nobody can read it. Keep a copy of that elsewhere.",
    }
    print_report(report, as_json)


@operations.command(epilog="Example: nazorg restore /var/backups/nazorg/2026-03-02.backup")
def restore(
    file: Annotated[Path, typer.Argument(help="File that `nazorg backup` wrote.")],
    as_json: AsJson = False,
) -> None:
    """Put a backup in the place of a database that is not there. Stop every nazorg first."""
    from bot.backup.making import restore as put_back

    restored = asyncio.run(put_back(load_settings(), file))
    report: dict[str, Any] = asdict(restored)
    if restored.in_doubt:
        report["note"] = (
            "Messages in doubt waited when the backup was made and may have gone out since. "
            "By SMS, Twilio is asked; by Telegram nobody can tell, and they are not sent again."
        )
    print_report(report, as_json)


@operations.command(epilog="Example: nazorg missed --json")
def missed(as_json: AsJson = False) -> None:
    """List the people who fell behind their plan: which step, since when, and why."""
    from bot.missed import missed as find

    async def act() -> list[dict[str, Any]]:
        async with open_service(load_settings()) as service:
            return [asdict(one) for one in await find(service)]

    print_report(asyncio.run(act()), as_json)
