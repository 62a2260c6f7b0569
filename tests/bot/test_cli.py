"""`nazorg` on the command line: help with an example, one clear line on bad input, JSON."""

import re
import socket
from datetime import date, timedelta

import pytest
import typer
from typer.main import get_command

from bot.cli import app
from tests.bot.command import Command

TODAY = date.today()  # noqa: DTZ011 - the machine's own day, as the command takes it
ENROL = {
    "--first-name": "Amina",
    "--number": "+31612340001",
    "--municipality": "Velsen",
    "--first-working-day": TODAY.isoformat(),
}
STAFF = {
    "--name": "Sanne Voorbeeld",
    "--email": "sanne@velsen.example.org",
    "--role": "consulent",
    "--desk": "velsen",
    "--password": "een lang wachtwoord",
}


def enrol(**changes: str | None) -> list[str]:
    """The arguments of `nazorg enrol`; None leaves one out."""
    return _arguments(["enrol"], ENROL, changes)


def staff_add(**changes: str | None) -> list[str]:
    """The arguments of `nazorg staff add`."""
    return _arguments(["staff", "add"], STAFF, changes)


def _arguments(
    command: list[str], usual: dict[str, str], changes: dict[str, str | None]
) -> list[str]:
    named = {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    given = usual | named
    return [*command, *(part for name, value in given.items() if value is not None
                        for part in (name, value))]  # fmt: skip


def commands() -> list[str]:
    """All commands, as one writes them."""
    found = []

    def walk(group: typer.core.TyperGroup, words: list[str]) -> None:
        for name, command in group.commands.items():
            if isinstance(command, typer.core.TyperGroup):
                walk(command, [*words, name])
            else:
                found.append(" ".join([*words, name]))

    top = get_command(app)
    assert isinstance(top, typer.core.TyperGroup)
    walk(top, [])
    return found


# Help.


def test_the_commands_of_the_readme_are_there() -> None:
    wanted = {"demo", "serve", "enrol", "show", "escalations", "rehearse", "staff add"}
    assert wanted <= set(commands())


@pytest.mark.parametrize("command", commands())
def test_every_command_explains_itself_with_an_example(nazorg: Command, command: str) -> None:
    ran = nazorg(*command.split(), "--help")
    assert ran.code == 0
    text = " ".join(ran.out.split())
    assert "Example:" in text
    assert f"nazorg {command}" in text
    assert not list(nazorg.folder.iterdir())


def test_without_a_command_the_help_is_shown(nazorg: Command) -> None:
    ran = nazorg()
    assert "escalations" in ran.out + ran.err
    assert "Traceback" not in ran.err


# Bad input.

BAD = {
    "a landline": (enrol(number="010 123 45 67"), "number"),
    "a number abroad": (enrol(number="+32 470 12 34 56"), "number"),
    "a premium number": (enrol(number="0900 1234"), "number"),
    "too few digits": (enrol(number="06 12 34"), "number"),
    "no number at all": (enrol(number="bel maar"), "number"),
    "nobody's number, outside a trial": (enrol(number="06 00 00 00 01"), "number"),
    "sms without a number": (enrol(number=None), "number"),
    "a start two years ago": (
        enrol(first_working_day=(TODAY - timedelta(days=730)).isoformat()),
        "first-working-day",
    ),
    "a start next year": (
        enrol(first_working_day=(TODAY + timedelta(days=365)).isoformat()),
        "first-working-day",
    ),
    "a day that is none": (enrol(first_working_day="2026-02-30"), "first-working-day"),
    "a day in words": (enrol(first_working_day="morgen"), "first-working-day"),
    "no day": (enrol(first_working_day=None), "first-working-day"),
    "a contract that ends before it begins": (
        enrol(contract_end=(TODAY - timedelta(days=1)).isoformat()),
        "contract-end",
    ),
    "an unknown municipality": (enrol(municipality="Atlantis"), "municipality"),
    "an empty municipality": (enrol(municipality=""), "municipality"),
    "a blank name": (enrol(first_name="  "), "first-name"),
    "a long name": (enrol(first_name="A" * 41), "first-name"),
    "a bell in a name": (enrol(first_name="Ami\x07na"), "first-name"),
    "an unknown channel": (enrol(channel="postduif"), "channel"),
    "an unknown language": (enrol(language="tlh"), "language"),
    "an unknown form": (enrol(form="misschien"), "form"),
    "an unknown exit reason": (enrol(exit_reason="zin"), "exit-reason"),
    "an unknown coach": (enrol(werkcoach="niemand"), "werkcoach"),
    "an unknown consultant": (enrol(inkomensconsulent="niemand@example.org"), "inkomensconsulent"),
    "an unknown option": ([*enrol(), "--nonsense"], "nonsense"),
    "an unknown client": (["show", "NIEMAND1"], "NIEMAND1"),
    "a number of nobody here": (["show", "06 12 34 00 99"], "06 12 34 00 99"),
    "show without a client": (["show"], "client"),
    "an option of nothing": (["escalations", "--everything"], "everything"),
    "a rehearsal of nobody": (["rehearse", "--clients", "0"], "clients"),
    "a rehearsal of many": (["rehearse", "--clients", "veel"], "clients"),
    "a port in words": (["serve", "--port", "hoog"], "port"),
    "a port that cannot be": (["serve", "--port", "70000"], "port"),
    "an unknown command": (["verwen"], "verwen"),
    "a reset of nobody": (["staff", "reset", "--email", "wie@example.org"], "email"),
    "a short password": (staff_add(password="kort"), "password"),
    "an unknown role": (staff_add(role="directeur"), "role"),
    "no e-mail address": (staff_add(email="geen adres"), "email"),
    "an unknown desk": (staff_add(desk="atlantis"), "desk"),
    "a blank colleague": (staff_add(name=" "), "name"),
}


@pytest.mark.parametrize(("arguments", "named"), BAD.values(), ids=BAD)
def test_bad_input_is_told_in_one_line_that_says_what_to_mend(
    installed: Command, arguments: list[str], named: str
) -> None:
    ran = installed(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    (line,) = ran.err.splitlines()
    assert line.startswith("nazorg: ")
    assert named.casefold() in line.casefold()


def test_bad_input_at_the_very_first_command_is_one_line_too(nazorg: Command) -> None:
    ran = nazorg(*enrol(municipality="Atlantis"))
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    assert "Velsen" in line  # which there are


def test_a_port_that_is_taken_is_told_in_one_line(installed: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = installed("serve", "--port", port)
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    assert port in line


def test_bad_input_changes_nothing(installed: Command) -> None:
    installed(*enrol(municipality="Atlantis"))
    assert installed(*enrol()).code == 0


def test_a_number_that_is_enrolled_already_is_refused_with_the_reference(
    installed: Command,
) -> None:
    first = installed.json(*enrol())
    ran = installed(*enrol(number="06-12340001"))
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    assert first["client"] in line


def test_a_colleague_can_be_added_once(installed: Command) -> None:
    assert installed(*staff_add()).code == 0
    ran = installed(*staff_add(name="Iemand anders"))
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


def test_adding_a_colleague_says_what_comes_next(installed: Command) -> None:
    added = installed.json(*staff_add())
    assert added["role"] == "consulent"
    assert "authenticator app" in added["next"]


def test_whoever_lost_everything_gets_a_link(installed: Command) -> None:
    added = installed.json(*staff_add())
    address = "https://nazorg.example.org"
    email = STAFF["--email"].upper()
    reset = installed.json("staff", "reset", "--email", email, public_url=address)
    assert reset["colleague"] == added["colleague"]
    assert re.fullmatch(rf"{address}/welkom/[0-9a-f]{{64}}", reset["link"])


def test_a_password_is_not_repeated_in_a_complaint(installed: Command) -> None:
    ran = installed(*staff_add(password="geheimpje"))
    assert "geheimpje" not in ran.err


# Reports.


@pytest.mark.parametrize(
    "number", ["06 12 34 00 01", "0612340001", "+31 6 12340001", "0031612340001", "06-12340001"]
)
def test_any_dutch_way_of_writing_a_number_is_understood(installed: Command, number: str) -> None:
    enrolled = installed.json(*enrol(number=number))
    shown = installed.json("show", enrolled["client"])
    assert shown["number"] == "+31612340001"


def test_enrol_reports_the_plan_and_what_it_skips(installed: Command) -> None:
    day = (TODAY - timedelta(days=30)).isoformat()
    enrolled = installed.json(*enrol(first_working_day=day))
    assert re.fullmatch(r"[A-Z0-9]{8}", enrolled["client"])
    assert enrolled["standing"] == "invited"
    assert enrolled["telegram_link"] is None
    assert enrolled["skipped"][:2] == ["day-1", "day-8"]
    steps = [one["step"] for one in enrolled["plan"]] + enrolled["skipped"]
    assert sorted(steps) == sorted(f"day-{day}" for day in (1, 8, 22, 50, 106, 182))


def test_enrol_on_telegram_reports_a_link_that_telegram_takes(installed: Command) -> None:
    enrolled = installed.json(*enrol(channel="telegram", number=None))
    assert re.fullmatch(r"https://t\.me/\w+\?start=[A-Za-z0-9_-]{1,64}", enrolled["telegram_link"])


def test_declined_and_passive_are_registered_too(installed: Command) -> None:
    declined = installed.json(*enrol(form="declined"))
    assert (declined["standing"], declined["plan"]) == ("declined", [])
    shown = installed.json("show", declined["client"])
    assert shown["number"] is None  # nobody will call it, so it is not kept
    passive = installed.json(*enrol(form="passive", number="+31612340002"))
    assert (passive["standing"], passive["plan"]) == ("invited", [])


def test_show_reports_by_number_as_by_reference(installed: Command) -> None:
    enrolled = installed.json(*enrol())
    by_reference = installed.json("show", enrolled["client"].lower())
    assert installed.json("show", "06 12 34 00 01") == by_reference
    assert by_reference["first_name"] == "Amina"
    assert by_reference["messages"][0]["status"] == "queued"
    assert by_reference["escalations"] == []


def test_reports_can_be_read_as_text(installed: Command) -> None:
    enrolled = installed.json(*enrol())
    ran = installed("show", enrolled["client"])
    assert ran.code == 0
    assert "first_name: Amina" in ran.out
    assert "day-182" in installed(*enrol(number="+31612340003")).out


def test_staff_add_reports_the_colleague(installed: Command) -> None:
    added = installed.json(*staff_add())
    assert added["name"] == "Sanne Voorbeeld"
    assert added["role"] == "consulent"
    enrolled = installed.json(*enrol(inkomensconsulent="sanne@velsen.example.org"))
    assert installed.json("show", enrolled["client"])["inkomensconsulent"] == "Sanne Voorbeeld"


def test_staff_add_can_make_somebody_lead(installed: Command) -> None:
    assert installed.json(*staff_add())["leads"] is None
    lead = installed.json(*staff_add(name="Lies", email="lies@velsen.example.org"), "--lead")
    assert lead["leads"] == "velsen"


def test_a_colleague_in_the_wrong_role_is_refused(installed: Command) -> None:
    installed.json(*staff_add())
    ran = installed(*enrol(werkcoach="sanne@velsen.example.org"))
    assert ran.code == 2
    assert "werkcoach" in ran.err


def test_a_key_is_one_that_can_be_used(nazorg: Command) -> None:
    first, second = nazorg("key").out.strip(), nazorg("key").out.strip()
    assert first != second
    assert nazorg.json("escalations", keys=first) == []
    assert not (nazorg.folder / "nazorg-data" / "nazorg.key").exists()


# The rehearsal.


def test_a_rehearsal_loses_nothing_and_the_same_seed_gives_the_same_counts(
    nazorg: Command,
) -> None:
    first = nazorg.json("rehearse", "--clients", "12", "--seed", "3")
    second = nazorg.json("rehearse", "--clients", "12", "--seed", "3")
    for report in (first, second):
        assert report.pop("seconds") >= 0
    assert first == second
    assert first["enrolled"] == 12
    assert first["lost"] == 0
    assert first["duplicates"] == 0
    assert {"asked", "answered", "expired"} <= set(first["check_ins"])
    assert {"in", "out"} <= set(first["messages"])
    assert {"consented", "escalations", "completed"} <= set(first)
    assert first["paths"]["consented"] == first["consented"]
    assert first["paths"]["closed at the end"] == first["standings"]["completed"]
    assert sum(first["languages"].values()) == 12
    assert not list(nazorg.folder.iterdir())  # it touches no installation
