"""`/deelnemers`: the clients of one's municipalities, chosen by what matters, or found by name.

What is chosen may be in the address, because it says nothing of a person. A name, a number or a
reference may not: the form is posted, and a name that is looked for stays in the form.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from starlette.responses import Response

import locales
from aftercare import names
from aftercare.service import N_
from conversations.words import Answer, Standing
from conversations.words import Form as Agreed
from staff import finding
from staff.finding import Ends, Glance, Wanted
from staff.visit import Form, Visit

LONGEST = 60
"""Of what somebody looks for."""

_FIELDS = ("gemeente", "status", "vorm", "taal", "gaat", "einde", "van", "stil", "hulpvraag")
_ENDS = {
    Ends.TRACK: N_("track, within four weeks"),
    Ends.CONTRACT: N_("contract, within six weeks"),
}

_SLUG = re.compile(r"[a-z0-9-]{1,40}")

Word = TypeVar("Word", bound=StrEnum)


async def show(visit: Visit) -> Response:
    """The list, newest first; `?voor=` is where a next page begins."""
    asked = visit.request.query_params
    return await _page(visit, Form({name: (value,) for name, value in asked.items()}))


async def find(visit: Visit) -> Response:
    """By exact number or reference, by the start of a name, or by what is chosen."""
    form = await visit.form()
    written = form.one("zoek")[:LONGEST]
    if not written:
        chosen = {name: form.one(name) for name in _FIELDS if form.one(name)}
        return visit.go("/deelnemers" + ("?" + urlencode(chosen) if chosen else ""))
    async with visit.service.database.read() as session:
        reference = await finding.find(session, visit.viewer, written, trial=visit.service.trial)
    if reference is not None:
        return visit.go(f"/deelnemers/{reference}")
    return await _page(visit, form, sought=written)


async def _page(visit: Visit, form: Form, sought: str | None = None) -> Response:
    wanted = _wanted(form, sought)
    start = form.number("voor")
    now, onward = visit.words.now, None
    glances: list[Glance] = []
    async with visit.service.database.read() as session:
        if sought is None or wanted.name:
            glances, onward = await finding.glances(session, visit.viewer, wanted, now, start)
        places = await finding.places(session, visit.viewer)
        chosen = {name: form.one(name) for name in _FIELDS if form.one(name)}
        is_first = start is None and not chosen and sought is None
        news = await finding.news(session, visit.viewer, now) if is_first else []
    say, label = visit.words.say, visit.words.label
    return visit.page(
        "clients.html",
        200 if glances or sought is None else 404,
        glances=glances,
        onward=onward,
        news=news,
        sought=sought,
        form=form,
        chosen=chosen,
        start=start,
        query=urlencode(chosen),
        choices={
            "gemeente": [(one.slug, one.name) for one in places],
            "status": [(one, label(one)) for one in Standing],
            "vorm": [(one, label(one)) for one in Agreed],
            "taal": [(code, locales.own_name(code)) for code in locales.languages()],
            "gaat": [(one, label(one)) for one in Answer],
            "einde": [(one, say(text)) for one, text in _ENDS.items()],
        },
    )


def _wanted(form: Form, sought: str | None) -> Wanted:
    language = form.one("taal")
    return Wanted(
        name=names.words_of(sought or ""),
        place=form.one("gemeente") if _SLUG.fullmatch(form.one("gemeente")) else "",
        standing=_word(Standing, form, "status"),
        form=_word(Agreed, form, "vorm"),
        language=language if language in locales.languages() else "",
        answer=_word(Answer, form, "gaat"),
        ends=_word(Ends, form, "einde"),
        mine=form.one("van") == "mij",
        silent=form.one("stil") == "ja",
        calls=form.one("hulpvraag") == "ja",
    )


def _word(kind: type[Word], form: Form, name: str) -> Word | None:
    known: Mapping[str, Word] = {one.value: one for one in kind}
    return known.get(form.one(name))
