"""`/beheer/teksten`: every message in every language as it arrives, and what an SMS of it costs."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from babel.numbers import format_currency
from starlette.responses import Response

import locales
from aftercare import management
from aftercare.phrasebook import phrasebook
from aftercare.service import N_, Refused
from staff.visit import Form, Visit
from storage.facts import PRICE, recall


@dataclass(frozen=True)
class Cost:
    """A language: how many messages take how many segments, and the longest."""

    language: str
    name: str
    segments: int
    longest: int


async def show(visit: Visit) -> Response:
    """The messages of one language."""
    return await _page(visit)


async def price(visit: Visit) -> Response:
    """What one segment costs from now on."""
    form = await visit.form()
    try:
        await management.set_price(visit.service, _euros(form.one("price")), visit.staff_member)
    except Refused as refused:
        return await _page(visit, 422, {"price": visit.words.refusal(refused)}, form)
    return visit.go("/beheer/teksten?gelukt=saved")


async def _page(
    visit: Visit, status: int = 200, errors: dict[str, str] | None = None, form: Form | None = None
) -> Response:
    asked = visit.request.query_params.get("taal", "")
    language = asked if asked in locales.languages() else locales.HOUSE
    kept = await recall(visit.service.database, PRICE)
    each = Decimal(kept) if kept else None

    def cost(segments: int) -> str:
        """What so many segments cost, in the colleague's way of writing."""
        if each is None:
            return ""
        return format_currency(
            each * segments, "EUR", "¤ 0.00##", locale=visit.words.language, currency_digits=False
        )

    return visit.page(
        "management/texts.html",
        status,
        texts=_texts(language),
        language=language,
        costs=[_cost(one) for one in locales.languages()],
        cost=cost,
        has_price=each is not None,
        errors=errors or {},
        form=form or Form({"price": (kept or "",)}),
    )


@lru_cache
def _texts(language: str) -> list[dict[str, Any]]:
    return phrasebook(language)


@lru_cache
def _cost(language: str) -> Cost:
    segments = [one["segments"] for one in _texts(language) if one["segments"]]
    return Cost(language, locales.own_name(language), sum(segments), max(segments))


def _euros(written: str) -> Decimal:
    try:
        found = Decimal(written.replace(",", ".").removeprefix("€").strip())
    except InvalidOperation:
        raise Refused(_NO_PRICE, "price") from None
    if not found.is_finite() or len(written) > 12:
        raise Refused(_NO_PRICE, "price")
    return found


_NO_PRICE = N_("Fill in a price between 0 and 1 euro, like 0.075.")
