"""`nazorg staff`: colleagues, for whoever has no administrator yet or any more."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

import typer

from aftercare.service import N_, Refused, Service
from bot.opening import open_service
from bot.printing import print_report
from bot.settings import load_settings
from conversations.words import Role

staff_app = typer.Typer(help="Colleagues who sign in to the console.", no_args_is_help=True)

T = TypeVar("T")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]

_NEXT = (
    "at the first sign-in they set up a second step: an authenticator app on their phone "
    "must be at hand"
)


@staff_app.command(
    name="add",
    epilog="Example: nazorg staff add --name 'Sanne Voorbeeld' --email sanne@example.org "
    "--role werkcoach",
)
def staff_add(
    name: Annotated[str, typer.Option(help="Name, as clients hear it.")],
    email: Annotated[str, typer.Option(help="Address to sign in with.")],
    role: Annotated[Role, typer.Option(help="What this colleague does.")],
    desk: Annotated[list[str] | None, typer.Option(help="Desk (slug); may be repeated.")] = None,
    password: Annotated[
        str, typer.Option(help="At least 12 characters; asked for when left out.")
    ] = "",
    lead: Annotated[bool, typer.Option(help="Leads these desks.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add a colleague who can sign in to the console."""
    from staff.accounts import add_staff, desks_of, set_lead

    password = password or typer.prompt("Password", hide_input=True, confirmation_prompt=True)

    async def act(service: Service) -> dict[str, Any]:
        added = await add_staff(
            service, name=name, email=email, role=role, password=password, desks=desk or ()
        )
        leads = await desks_of(service, added) if lead else ()
        for slug in leads:
            await set_lead(service, added.reference, slug, leads=True)
        return {
            "colleague": added.reference,
            "name": added.name,
            "role": added.role,
            "leads": ", ".join(leads) or None,
            "next": _NEXT,
        }

    print_report(_with_service(act), as_json)


@staff_app.command(
    name="reset",
    epilog="Example: nazorg staff reset --email sanne@example.org",
)
def staff_reset(
    email: Annotated[str, typer.Option(help="Address to sign in with.")],
    as_json: AsJson = False,
) -> None:
    """Let in a colleague who lost password and phone, when no administrator can. Prints a link
    with which they choose a password; then they set up the second step anew."""
    from staff.accounts import find_staff, reset_sign_in
    from staff.links import make_link

    async def act(service: Service) -> dict[str, Any]:
        async with service.database.read() as session:
            found = await find_staff(session, email)
        if found is None:
            raise Refused(N_("There is no such colleague."), "email")
        await reset_sign_in(service, found.reference)
        link = await make_link(service, found.reference)
        return {
            "colleague": found.reference,
            "link": (load_settings().public_url or "http://127.0.0.1:8000") + link.path,
            "until": link.expires_at,
            "next": _NEXT,
        }

    print_report(_with_service(act), as_json)


def _with_service(act: Callable[[Service], Awaitable[T]]) -> T:
    async def run() -> T:
        async with open_service(load_settings()) as service:
            return await act(service)

    return asyncio.run(run())
