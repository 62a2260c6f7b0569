"""What an administrator sets, as values, and what may be set: the same for the console's forms and
for a file. No people, no secrets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import available_timezones

from aftercare.service import N_, Refused
from conversations.topics import side_of
from conversations.words import Side, Topic
from scheduler.calendar import Hours
from scheduler.taper import DAYS

LONGEST_NAME, LONGEST_TITLE, LONGEST_EMAIL = 80, 40, 254
SHORTEST_GAP = 3
"""Days between two contacts at the least: rule 10 allows one in three days."""
MOST_CONTACTS, LAST_DAY = 12, 365
MOST_FREE_DAYS = 60
LONGEST_WITHIN = 5
DEAREST = Decimal(1)
EVER = date(2000, 1, 1)
"""From when a route is valid that has always been there."""

_USUAL = Hours()
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")


@dataclass(frozen=True)
class OrganisationSet:
    """An organisation."""

    slug: str
    name: str
    closed: bool = False


@dataclass(frozen=True)
class DeskSet:
    """A desk; `organisation` is a slug."""

    slug: str
    organisation: str
    name: str
    title: str
    side: Side
    email: str
    closed: bool = False


@dataclass(frozen=True)
class RouteSet:
    """A topic and the desk (a slug) that takes it from a day on."""

    topic: Topic
    desk: str
    valid_from: date


@dataclass(frozen=True)
class PlaceSet:
    """A municipality with its hours, programme and routes."""

    slug: str
    name: str
    zone: str = _USUAL.zone
    opens: time = _USUAL.opens
    closes: time = _USUAL.closes
    evening_from: time = _USUAL.evening_from
    evening_until: time = _USUAL.evening_until
    exit_premium: bool = False
    contact_within: int = 2
    taper: tuple[int, ...] = DAYS
    free_days: tuple[date, ...] = ()
    closed: bool = False
    routes: tuple[RouteSet, ...] = ()

    @property
    def hours(self) -> Hours:
        """When its people may be sent something of our own accord."""
        return Hours(
            self.zone,
            self.opens,
            self.closes,
            self.evening_from,
            self.evening_until,
            frozenset(self.free_days),
        )


@dataclass(frozen=True)
class Configuration:
    """Everything. `price` is what one SMS segment costs in euros, where that was filled in."""

    organisations: tuple[OrganisationSet, ...] = ()
    desks: tuple[DeskSet, ...] = ()
    places: tuple[PlaceSet, ...] = ()
    instruments: Mapping[str, str] = field(default_factory=dict)
    price: Decimal | None = None


def check_organisation(wanted: OrganisationSet) -> None:
    """Raises `Refused` with the field that must be mended."""
    _check_slug(wanted.slug)
    _check_name(wanted.name, "name", LONGEST_NAME)


def check_desk(wanted: DeskSet) -> None:
    """Raises `Refused` with the field that must be mended."""
    _check_slug(wanted.slug)
    _check_name(wanted.name, "name", LONGEST_NAME)
    _check_name(wanted.title, "title", LONGEST_TITLE)
    if len(wanted.email) > LONGEST_EMAIL or not _EMAIL.fullmatch(wanted.email):
        raise Refused(N_("This is not an e-mail address. Write it like name@example.org."), "email")


def check_place(wanted: PlaceSet) -> None:
    """Raises `Refused` with the field that must be mended."""
    _check_slug(wanted.slug)
    _check_name(wanted.name, "name", LONGEST_NAME)
    if wanted.zone not in available_timezones():
        raise Refused(N_("There is no such time zone. Write it like Europe/Amsterdam."), "zone")
    _check_hours(wanted)
    if not 1 <= wanted.contact_within <= LONGEST_WITHIN:
        raise Refused(
            N_("Contact must come within 1 to {most} working days."),
            "contact_within",
            most=str(LONGEST_WITHIN),
        )
    _check_taper(wanted.taper)
    if len(wanted.free_days) > MOST_FREE_DAYS:
        raise Refused(N_("At most {most} days of your own."), "free_days", most=str(MOST_FREE_DAYS))


def check_route(topic: Topic, side: Side) -> None:
    """A topic goes to a desk of its own side, or words come before the wrong eyes (rule 8)."""
    if side is not side_of(topic):
        raise Refused(
            N_(
                "This topic cannot go to that desk: work goes to a desk for work, all else to a "
                "desk of the municipality."
            ),
            "desk",
        )


def check_price(price: Decimal | None) -> None:
    """Raises `Refused`."""
    if price is not None and not 0 <= price <= DEAREST:
        raise Refused(
            N_("Fill in a price between 0 and 1 euro, like 0.075."),
            "price",
        )


def slug_of(name: str) -> str:
    """A short name for in addresses and in the file: "Gemeente Velsen" is "gemeente-velsen"."""
    letters = "".join(one if one.isascii() and one.isalnum() else " " for one in name.casefold())
    return "-".join(letters.split())[:40].strip("-")


def _check_slug(slug: str) -> None:
    if len(slug) > 40 or not _SLUG.fullmatch(slug):
        raise Refused(N_("A short name has small letters, digits and dashes, at most 40."), "slug")


def _check_name(name: str, field_name: str, longest: int) -> None:
    if not name.strip():
        raise Refused(N_("Fill this in."), field_name)
    if len(name) > longest or not name.isprintable():
        raise Refused(N_("At most {longest} letters."), field_name, longest=str(longest))


def _check_hours(wanted: PlaceSet) -> None:
    if wanted.opens < _USUAL.opens or wanted.closes > _USUAL.closes:
        which = "opens" if wanted.opens < _USUAL.opens else "closes"
        raise Refused(
            N_(
                "Messages may go out between {opens} and {closes}. Hours can be shorter, never "
                "longer."
            ),
            which,
            opens=f"{_USUAL.opens:%H:%M}",
            closes=f"{_USUAL.closes:%H:%M}",
        )
    if _minutes(wanted.opens, wanted.closes) < 60:
        raise Refused(N_("There must be at least an hour between the two."), "closes")
    if wanted.evening_from < wanted.opens or wanted.evening_until > wanted.closes:
        which = "evening_from" if wanted.evening_from < wanted.opens else "evening_until"
        raise Refused(N_("The evening hours must lie within the hours for messages."), which)
    if _minutes(wanted.evening_from, wanted.evening_until) < 30:
        raise Refused(N_("There must be at least half an hour between the two."), "evening_until")


def _check_taper(days: tuple[int, ...]) -> None:
    if not 2 <= len(days) <= MOST_CONTACTS:
        raise Refused(N_("Plan 2 to {most} contacts."), "taper", most=str(MOST_CONTACTS))
    if days[0] < 1 or days[-1] > LAST_DAY:
        raise Refused(
            N_("The days lie between 1 and {last}, counted from the first working day."),
            "taper",
            last=str(LAST_DAY),
        )
    if any(later - day < SHORTEST_GAP for day, later in pairwise(days)):
        raise Refused(
            N_("Write the days in order, with at least {gap} days between two contacts."),
            "taper",
            gap=str(SHORTEST_GAP),
        )


def _minutes(start: time, end: time) -> float:
    return (_since_midnight(end) - _since_midnight(start)).total_seconds() / 60


def _since_midnight(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute)
