"""`/werkvoorraad`: the calls for help that wait for the colleague's desk."""

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from staff.live import ENDED
from staff.queue import View, queue
from staff.visit import Visit

EVENTS = "text/event-stream"
"""What a page that listens asks for: it gives up for good on any answer of another kind."""


async def show(visit: Visit) -> Response:
    """The queue; `?van=` chooses a view."""
    written = visit.request.query_params.get("van", "")
    view = View(written) if written in set(View) else View.DESK
    async with visit.service.database.read() as session:
        found = await queue(session, visit.viewer, visit.words.now, view)
    return visit.page("queue.html", queue=found, view=view, View=View)


async def live(visit: Visit) -> Response:
    """Server-sent events: `queue` when something changed, `ended` when the session is over."""
    listening = visit.console.live
    if visit.token is None or not listening.has_room(visit.token):
        raise HTTPException(429)
    return StreamingResponse(
        listening.listen(visit.viewer, visit.token),
        media_type=EVENTS,
        headers={"X-Accel-Buffering": "no"},
    )


def ended() -> Response:
    """To a page that goes on listening when its session is over, or is another role's now."""
    return Response(ENDED, media_type=EVENTS)
