"""`/deelnemers`: the clients of one's municipalities, and finding one of them."""

from starlette.responses import Response

from staff import tracks
from staff.visit import Visit


async def show(visit: Visit) -> Response:
    """The list, newest first; `?voor=` is where a next page begins."""
    return await _page(visit)


async def find(visit: Visit) -> Response:
    """By exact number or reference. A POST, so that no number is ever part of an address."""
    form = await visit.form()
    written = form.one("zoek")
    async with visit.service.database.read() as session:
        reference = await tracks.find(session, visit.viewer, written, trial=visit.service.trial)
    if reference is None:
        return await _page(visit, 404, sought=written)
    return visit.go(f"/deelnemers/{reference}")


async def _page(visit: Visit, status: int = 200, sought: str | None = None) -> Response:
    before = visit.request.query_params.get("voor", "")
    start = int(before) if before.isdecimal() and len(before) < 10 else None
    async with visit.service.database.read() as session:
        glances, onward = await tracks.glances(session, visit.viewer, start)
        news = await tracks.news(session, visit.viewer, visit.words.now)
    return visit.page(
        "clients.html",
        status,
        glances=glances,
        onward=onward,
        news=news,
        sought=sought,
        start=start,
    )
