"""The whole configuration as one TOML file: read with the place of each mistake, and written.

`read(write(configuration)) == configuration`. Keys that we do not know are mistakes too: a word
that is spelt wrong must not be passed over.
"""

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from aftercare.configuration import (
    EVER,
    Configuration,
    DeskSet,
    OrganisationSet,
    PlaceSet,
    RouteSet,
    check_desk,
    check_organisation,
    check_place,
    check_price,
    check_route,
)
from aftercare.service import N_, Refused
from conversations.words import Side, Topic

T = TypeVar("T")

LARGEST = 200_000
"""Characters; the four municipalities of IJmond take 3,000."""

_KNOWN = frozenset({"organisation", "desk", "municipality", "instruments", "sms"})
_USUAL = PlaceSet("", "")


def read(text: str) -> Configuration:
    """What the file says. Raises `Refused` that names the line or the field."""
    if len(text) > LARGEST:
        raise Refused(N_("This file is too large to be a configuration."), "file")
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(N_("The file cannot be read: {why}."), "file", why=str(error)) from None
    except RecursionError:
        raise Refused(N_("The file cannot be read: {why}."), "file", why="[[[") from None
    _only(found, _KNOWN, "file")
    organisations = tuple(_each(found, "organisation", _organisation))
    desks = tuple(_each(found, "desk", _desk))
    places = tuple(_each(found, "municipality", _place))
    instruments = _instruments(found.get("instruments", {}))
    price = _price(found.get("sms", {}))
    _fits(organisations, desks, places)
    return Configuration(organisations, desks, places, instruments, price)


def write(configuration: Configuration) -> str:
    """The file."""
    lines = ["# The configuration of this installation: no people, no secrets.", ""]
    for organisation in configuration.organisations:
        lines += ["[[organisation]]", *_keys(organisation, OrganisationSet("", "")), ""]
    for desk in configuration.desks:
        lines += ["[[desk]]", *_keys(desk, DeskSet("", "", "", "", Side.WORK, "")), ""]
    for place in configuration.places:
        ever = {str(one.topic): one.desk for one in place.routes if one.valid_from == EVER}
        inside = ", ".join(f"{topic} = {_toml(desk)}" for topic, desk in ever.items())
        lines += ["[[municipality]]", *_keys(place, _USUAL), f"routes = {{ {inside} }}", ""]
        for route in place.routes:
            if route.valid_from != EVER:
                lines += [
                    "[[municipality.route]]",
                    f"topic = {_toml(route.topic)}",
                    f"desk = {_toml(route.desk)}",
                    f"valid_from = {route.valid_from}",
                    "",
                ]
    lines.append("[instruments]")
    lines += [f"{slug} = {_toml(name)}" for slug, name in configuration.instruments.items()]
    if configuration.price is not None:
        lines += ["", "[sms]", f"price_per_segment = {_toml(configuration.price)}"]
    return "\n".join(lines) + "\n"


def said(value: object) -> str:
    """A value as the file writes it."""
    return _toml(value)


def _keys(values: Any, usual: Any) -> list[str]:
    """A line for each field that is needed, or that is not as usual."""
    lines = []
    for one in fields(values):
        value = getattr(values, one.name)
        needed = getattr(usual, one.name) in ("", Side.WORK)
        if one.name != "routes" and (needed or value != getattr(usual, one.name)):
            lines.append(f"{one.name} = {_toml(value)}")
    return lines


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal | date):
        return str(value)
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return json.dumps(str(value), ensure_ascii=False)


def _each(found: Mapping[str, Any], section: str, make: Callable[[Any, str], T]) -> Iterable[T]:
    entries = found.get(section, [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise Misplaced(section, N_("write it as [[{section}]]"), section=section)
    for number, entry in enumerate(entries, start=1):
        yield make(entry, f"{section} {entry.get('slug', number)}")


def _organisation(entry: Mapping[str, Any], where: str) -> OrganisationSet:
    _only(entry, {one.name for one in fields(OrganisationSet)}, where)
    made = OrganisationSet(
        _take(entry, "slug", str, where),
        _take(entry, "name", str, where),
        _take(entry, "closed", bool, where, False),
    )
    return _checked(made, check_organisation, where)


def _desk(entry: Mapping[str, Any], where: str) -> DeskSet:
    _only(entry, {one.name for one in fields(DeskSet)}, where)
    made = DeskSet(
        slug=_take(entry, "slug", str, where),
        organisation=_take(entry, "organisation", str, where),
        name=_take(entry, "name", str, where),
        title=_take(entry, "title", str, where),
        side=_word(_take(entry, "side", str, where), Side, f"{where}, side"),
        email=_take(entry, "email", str, where),
        closed=_take(entry, "closed", bool, where, False),
    )
    return _checked(made, check_desk, where)


def _place(entry: Mapping[str, Any], where: str) -> PlaceSet:
    _only(entry, {one.name for one in fields(PlaceSet)} | {"route"}, where)
    plain = {
        name: _take(entry, name, type(getattr(_USUAL, name)), where, getattr(_USUAL, name))
        for name in ("zone", "opens", "closes", "evening_from", "evening_until", "exit_premium",
                     "contact_within", "closed")
    }  # fmt: skip
    made = PlaceSet(
        slug=_take(entry, "slug", str, where),
        name=_take(entry, "name", str, where),
        **plain,
        taper=_list(entry, "taper", int, where, _USUAL.taper),
        free_days=_list(entry, "free_days", date, where, ()),
        routes=_routes(entry, where),
    )
    return _checked(made, check_place, where)


def _routes(entry: Mapping[str, Any], where: str) -> tuple[RouteSet, ...]:
    ever = _take(entry, "routes", dict, where, {})
    routes = [
        RouteSet(_word(topic, Topic, f"{where}, routes"), _text(desk, f"{where}, {topic}"), EVER)
        for topic, desk in ever.items()
    ]
    for number, later in enumerate(_take(entry, "route", list, where, []), start=1):
        there = f"{where}, route {number}"
        if not isinstance(later, dict):
            raise Misplaced(there, N_("write it as [[municipality.route]]"))
        _only(later, {"topic", "desk", "valid_from"}, there)
        routes.append(
            RouteSet(
                _word(_take(later, "topic", str, there), Topic, f"{there}, topic"),
                _take(later, "desk", str, there),
                _take(later, "valid_from", date, there),
            )
        )
    if len({(one.topic, one.valid_from) for one in routes}) < len(routes):
        raise Misplaced(where, N_("a topic has two routes from the same day"))
    return tuple(routes)


def _instruments(found: Any) -> dict[str, str]:
    if not isinstance(found, dict):
        raise Misplaced("instruments", N_("write it as [instruments]"))
    named = {slug: _text(name, f"instruments, {slug}") for slug, name in found.items()}
    for slug, name in named.items():
        _checked(OrganisationSet(slug, name), check_organisation, f"instruments, {slug}")
    return named


def _price(found: Any) -> Decimal | None:
    if not isinstance(found, dict):
        raise Misplaced("sms", N_("write it as [sms]"))
    _only(found, {"price_per_segment"}, "sms")
    price = found.get("price_per_segment")
    if price is None:
        return None
    if isinstance(price, bool) or not isinstance(price, int | float):
        raise Misplaced("sms, price_per_segment", N_("this must be a number"))
    return _checked(Decimal(str(price)), check_price, "sms, price_per_segment")


def _fits(
    organisations: Iterable[OrganisationSet],
    desks: Iterable[DeskSet],
    places: Iterable[PlaceSet],
) -> None:
    """Everything that is named is in the file, once."""
    for section, many in (("organisation", organisations), ("desk", desks),
                          ("municipality", places)):  # fmt: skip
        slugs = [one.slug for one in many]
        for slug in slugs:
            if slugs.count(slug) > 1:
                raise Misplaced(f"{section} {slug}", N_("it is there twice"))
    employers, sides = {one.slug for one in organisations}, {one.slug: one.side for one in desks}
    for desk in desks:
        if desk.organisation not in employers:
            raise _no_such(f"desk {desk.slug}, organisation", desk.organisation)
    for place in places:
        for route in place.routes:
            where = f"municipality {place.slug}, {route.topic}"
            if route.desk not in sides:
                raise _no_such(where, route.desk)
            _checked(sides[route.desk], partial(check_route, route.topic), where)


def _take(
    entry: Mapping[str, Any], name: str, kind: type[T], where: str, default: T | None = None
) -> T:
    value = entry.get(name, default)
    if value is None:
        raise Misplaced(f"{where}, {name}", N_("this is missing"))
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise Misplaced(f"{where}, {name}", N_("this must be written otherwise, see the example"))
    return value


def _list(
    entry: Mapping[str, Any], name: str, kind: type[T], where: str, default: tuple[T, ...]
) -> tuple[T, ...]:
    values = _take(entry, name, list, where, list(default))
    if not all(type(one) is kind for one in values):
        raise Misplaced(f"{where}, {name}", N_("this must be written otherwise, see the example"))
    return tuple(values)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise Misplaced(where, N_("this must be written between quotes"))
    return value


def _word(value: str, kind: type[StrEnum], where: str) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise Misplaced(where, N_("choose one of: {choices}"), choices=", ".join(kind)) from None


def _no_such(where: str, named: str) -> Refused:
    return Misplaced(where, N_("there is no {named} in this file"), named=named)


def _only(entry: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    for name in entry:
        if name not in known:
            raise Misplaced(f"{where}, {name}", N_("this is not known here"))


def _checked(made: T, check: Callable[[T], None], where: str) -> T:
    try:
        check(made)
    except Refused as refused:
        there = f"{where}, {refused.field}" if refused.field else where
        raise Misplaced(there, refused.text, **refused.params) from None
    return made


class Misplaced(Refused):
    """A mistake at a place in the file: `what` is a msgid of its own."""

    def __init__(self, where: str, what: str, **params: str) -> None:
        super().__init__(what, "file", **params)
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.text.format(**self.params)}"
