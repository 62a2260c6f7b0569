"""`nazorg`: the command line. Exit 2 and one clear line on bad input."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

import structlog
import typer
from sqlalchemy.exc import DBAPIError
from typer.exceptions import TyperException

import locales
from aftercare.enrolment import AlreadyEnrolled, Application, Enrolled, enrol
from aftercare.lines import lead as appoint
from aftercare.service import Refused, Service
from aftercare.setup import mail_desk_at
from bot import logs, reports
from bot.backup import BackupError
from bot.cli_config import config
from bot.cli_conversation import conversation
from bot.cli_operations import operations
from bot.cli_staff import staff_app
from bot.cli_understanding import understanding
from bot.opening import AlreadyRunning, open_service
from bot.printing import print_report
from bot.settings import Settings, WrongSettings, load_settings
from bot.web import PortTaken, bind, listen
from conversations.words import Channel, ExitReason, Form
from storage.database import UnusableUrl
from storage.encryption import WrongKeys, new_key
from storage.facts import TELEGRAM_NAME, recall
from storage.migrate import NewerDatabase

if TYPE_CHECKING:
    from bot.app import Part

log = structlog.get_logger()
app = typer.Typer(
    help="Nazorgbot: aftercare (nazorg) after welfare. Start with: nazorg demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(staff_app, name="staff")
app.add_typer(config, name="config")
app.add_typer(operations)
app.add_typer(conversation)
app.add_typer(understanding)

T = TypeVar("T")
Host = Annotated[str, typer.Option(help="Address to listen at.")]
Port = Annotated[int, typer.Option(help="Port to listen at.", min=0, max=65535)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]

_LANGUAGES = f"Language of the messages: {', '.join(locales.languages())}."
_BAD_INPUT = (
    Refused,
    WrongSettings,
    UnusableUrl,
    NewerDatabase,
    AlreadyRunning,
    PortTaken,
    BackupError,
)


def main() -> None:
    """The command `nazorg`."""
    logs.configure(logging.WARNING)
    try:
        sys.exit(app(standalone_mode=False))
    except WrongKeys as error:
        sys.exit(_complain(f"NAZORG_KEYS, or the key file: {error}"))
    except _BAD_INPUT as error:
        field = getattr(error, "field", None)
        sys.exit(_complain(f"--{field.replace('_', '-')}: {error}" if field else str(error)))
    except TyperException as error:
        sys.exit(_complain(error.format_message()))
    except DBAPIError as error:
        why = str(error.orig).splitlines()[0] if error.orig else type(error).__name__
        sys.exit(_complain(f"NAZORG_DATABASE_URL: the database cannot be used: {why}"))
    except typer.Abort:
        sys.exit(130)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        sys.exit(_complain(f"{where}{error.strerror or error}"))


def _complain(text: str) -> int:
    print("nazorg: " + " ".join(text.split()), file=sys.stderr)
    return 2


@app.command(epilog="Example: nazorg demo --port 8080")
def demo(
    port: Annotated[
        int, typer.Option(help="Port on 127.0.0.1; 0 takes a free one.", max=65535)
    ] = 8000,
) -> None:
    """Try it in the browser: invented people, a temporary database, nothing is really sent."""
    from bot.demo import run_demo

    asyncio.run(run_demo(port))


@app.command(epilog="Example: nazorg serve --port 8000")
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Run the service: console, webhooks, channels and ticks in one process."""
    from bot.app import BOTH

    asyncio.run(_serve(load_settings(), host, port, BOTH))


@app.command(epilog="Example: nazorg web --port 8000")
def web(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Run the console and the webhooks only; any number beside workers, on PostgreSQL."""
    from bot.app import Part

    asyncio.run(_serve(load_settings(), host, port, frozenset({Part.WEB})))


@app.command(epilog="Example: nazorg worker --port 8001")
def worker(host: Host = "127.0.0.1", port: Port = 8001) -> None:
    """Work through what is due and send; any number, on PostgreSQL. The port tells its health."""
    from bot.app import Part

    asyncio.run(_serve(load_settings(), host, port, frozenset({Part.WORK})))


async def _serve(settings: Settings, host: str, port: int, parts: "frozenset[Part]") -> None:
    from bot.app import serving

    logs.configure()
    with bind(host, port) as at:
        here = f"http://{host}:{at.getsockname()[1]}"
        async with serving(settings, here, parts) as web:
            log.info("serving", address=here)
            await listen(web, at)
    log.info("stopped")


@app.command(
    name="enrol",
    epilog="Example: nazorg enrol --first-name Amina --number '06 12 34 56 78' "
    "--municipality Velsen --first-working-day 2026-03-02",
)
def enrol_command(
    first_name: Annotated[str, typer.Option(help="First name.")],
    municipality: Annotated[str, typer.Option(help="Name of the municipality.")],
    first_working_day: Annotated[str, typer.Option(help="First working day, as 2026-03-02.")],
    number: Annotated[str, typer.Option(help="Mobile number, written in any way.")] = "",
    channel: Annotated[Channel, typer.Option(help="How to be reached.")] = Channel.SMS,
    language: Annotated[str, typer.Option(help=_LANGUAGES)] = locales.HOUSE,
    werkcoach: Annotated[str, typer.Option(help="Work coach: e-mail address or name.")] = "",
    inkomensconsulent: Annotated[str, typer.Option(help="Consultant: e-mail or name.")] = "",
    exit_reason: Annotated[ExitReason, typer.Option(help="Why the benefit ended.")] = (
        ExitReason.WORK
    ),
    contract_end: Annotated[str, typer.Option(help="Last day of the contract, if known.")] = "",
    form: Annotated[Form, typer.Option(help="What was agreed.")] = Form.ACTIVE,
    shares_phone: Annotated[bool, typer.Option(help="Others may have the same number.")] = False,
    as_json: AsJson = False,
) -> None:
    """Enrol somebody at the exit interview, and queue the request for consent."""
    application = Application(
        first_name=first_name,
        number=number or None,
        channel=channel,
        language=language,
        municipality=municipality,
        werkcoach=werkcoach or None,
        inkomensconsulent=inkomensconsulent or None,
        first_working_day=_day(first_working_day, "first_working_day"),
        exit_reason=exit_reason,
        contract_end=_day(contract_end, "contract_end") if contract_end else None,
        form=form,
        shares_phone=shares_phone,
    )

    async def act(service: Service) -> tuple[Enrolled, str | None]:
        try:
            enrolled = await enrol(service, application)
        except AlreadyEnrolled as taken:  # whoever is at the command line may know whose it is
            text = "This number is already enrolled, as {reference}."
            raise Refused(text, taken.field, reference=taken.reference) from None
        return enrolled, await _bot_name(service) if enrolled.link_token else None

    enrolled, bot_name = _with_service(act)
    link = None
    if enrolled.link_token:
        link = f"https://t.me/{bot_name or 'YOUR_BOT'}?start={enrolled.link_token}"
    plan = enrolled.plan
    report = {
        "client": enrolled.reference,
        "standing": enrolled.standing,
        "invitation_at": enrolled.invitation_at,
        "telegram_link": link,
        "plan": [{"step": one.step, "due_at": one.due} for one in plan.contacts] if plan else [],
        "skipped": list(plan.skipped) if plan else [],
    }
    print_report(report, as_json)


async def _bot_name(service: Service) -> str | None:
    """The bot's name on Telegram: as the service remembers it, or by asking."""
    settings = load_settings()
    name = await recall(service.database, TELEGRAM_NAME)
    if name or not settings.telegram_token:
        return name
    from bot.channels.telegram import ask_name

    return await ask_name(settings.telegram_token, settings.telegram_api_url)


@app.command(epilog="Example: nazorg show K7QF2MWD --json")
def show(
    client: Annotated[str, typer.Argument(help="Reference or telephone number.")],
    as_json: AsJson = False,
) -> None:
    """Show one client: plan, consents, the conversation, calls for help."""
    print_report(_with_service(lambda service: reports.show(service, client)), as_json)


@app.command(epilog="Example: nazorg escalations --json")
def escalations(
    everything: Annotated[bool, typer.Option("--all", help="Resolved ones too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the calls for help that wait for somebody, the most pressing first."""
    print_report(
        _with_service(lambda service: reports.escalations(service, everything=everything)), as_json
    )


@app.command(epilog="Example: nazorg rehearse --clients 200 --seed 1 --json")
def rehearse(
    clients: Annotated[int, typer.Option(min=1, help="How many simulated people.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed gives the same counts.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Play the whole programme for simulated people on a travelling clock, and report."""
    from bot.rehearsal import rehearse as play

    print_report(asyncio.run(play(clients, seed, progress=sys.stderr.isatty())), as_json)


@app.command(epilog="Example: NAZORG_KEYS=$(nazorg key) nazorg serve")
def key() -> None:
    """Print a fresh encryption key for NAZORG_KEYS."""
    print(new_key())


@app.command(epilog="Example: nazorg desk velsen --email nazorg@velsen.example.org")
def desk(
    slug: Annotated[str, typer.Argument(help="The desk, by its short name.")],
    email: Annotated[str, typer.Option(help="Where its notices are mailed.")] = "",
    lead: Annotated[str, typer.Option(help="Who leads it: the e-mail address.")] = "",
) -> None:
    """Say where the notices of a desk are mailed, and who hears what went wrong."""
    if not email and not lead:
        raise Refused("give --email, --lead or both")
    if email:
        _with_service(lambda service: mail_desk_at(service, slug, email))
        print(f"Notices of {slug} are mailed to {email}.")
    if lead:
        _with_service(lambda service: appoint(service, slug, lead))
        print(f"{lead} leads {slug}.")


def _with_service(act: Callable[[Service], Awaitable[T]]) -> T:
    async def run() -> T:
        async with open_service(load_settings()) as service:
            return await act(service)

    return asyncio.run(run())


def _day(written: str, field: str) -> date:
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(written.strip(), form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    raise Refused("write the day as 2026-03-02, not {written}", field, written=written)
