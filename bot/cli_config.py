"""The commands about the configuration: out to a file, and in again."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from aftercare import setup
from aftercare.configuration_file import read, write
from bot.opening import open_service
from bot.settings import load_settings
from scheduler.calendar import Hours, local_day

config = typer.Typer(
    help="Organisations, desks, municipalities, routes and programme, as one file.",
    no_args_is_help=True,
)


@config.command(name="export", epilog="Example: nazorg config export > nazorg.toml")
def export() -> None:
    """Write the configuration as TOML: no people, no secrets."""
    typer.echo(asyncio.run(_export()), nl=False)


@config.command(name="import", epilog="Example: nazorg config import nazorg.toml --apply")
def import_(
    file: Annotated[Path, typer.Argument(help="File to read.")],
    apply: Annotated[bool, typer.Option("--apply", help="Change it, not only tell.")] = False,
) -> None:
    """Tell what a file would change; with --apply change it. An empty database begins with it."""
    asyncio.run(_import(file, apply=apply))


async def _export() -> str:
    async with open_service(load_settings()) as service, service.database.read() as session:
        return write(await setup.current(session))


async def _import(file: Path, *, apply: bool) -> None:
    with file.open(encoding="utf-8") as source:
        wanted = read(source.read())
    async with open_service(load_settings(), file) as service:
        async with service.database.read() as session:
            today = local_day(service.now(), Hours())
            found = await setup.differences(session, wanted, today)
        for one in found:
            typer.echo(f"{one.where}, {one.field}: {one.before or '-'} -> {one.after}")
        if apply:
            await setup.apply(service, wanted, None)
        typer.echo(f"{len(found)} {'changed' if apply else 'would change'}")
