"""`/beheer/logboek`: who did what, when. No words, and of clients a reference only."""

import re
from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from staff import audit
from staff.labels import ACTIONS
from staff.visit import Form, Visit
from storage.models import AuditEntry

_REFERENCE = re.compile(r"[23456789ABCDEFGHJKMNPQRSTVWXYZ]{8}")


async def show(visit: Visit) -> Response:
    """A page of the audit, as the filter in the address says."""
    asked = Form({name: (value,) for name, value in visit.request.query_params.items()})
    wanted = audit.Wanted(
        who=asked.one("wie") if _REFERENCE.fullmatch(asked.one("wie")) else "",
        action=asked.one("wat") if asked.one("wat") in ACTIONS else "",
        since=_day(asked.one("van")),
        until=_day(asked.one("tot")),
        before=asked.number("voor"),
    )
    async with visit.service.database.read() as session:
        lines, more = await audit.entries(session, wanted)
        colleagues = await audit.colleagues(session)
    kept = {name: asked.one(name) for name in ("wie", "wat", "van", "tot") if asked.one(name)}
    return visit.page(
        "management/audit.html",
        lines=lines,
        older=f"/beheer/logboek?{urlencode(kept | {'voor': more})}" if more else "",
        newest=f"/beheer/logboek?{urlencode(kept)}" if wanted.before else "",
        colleague_choices=[(one.reference, one.name) for one in colleagues],
        action_choices=sorted(
            ((name, visit.words.action(name)) for name in ACTIONS), key=lambda one: one[1]
        ),
        form=asked,
        filtered=bool(kept),
        about=_about,
    )


def _about(entry: AuditEntry) -> str:
    """What it was about: a reference, or which setting; never anything that somebody wrote."""
    detail = entry.detail or ""
    return detail if entry.action == "settings" or _REFERENCE.fullmatch(detail) else ""


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None
