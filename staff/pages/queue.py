"""`/werkvoorraad`: the calls for help that wait for the colleague's desk."""

from starlette.responses import Response

from staff import calls
from staff.visit import Visit


async def show(visit: Visit) -> Response:
    """The queue; `?van=mij` only what the colleague has taken."""
    mine = visit.request.query_params.get("van") == "mij"
    async with visit.service.database.read() as session:
        queue = await calls.queue(session, visit.viewer, visit.words.now, mine=mine)
    return visit.page("queue.html", queue=queue, mine=mine)
