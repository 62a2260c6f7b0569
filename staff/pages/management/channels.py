"""`/beheer/kanalen`: does everything go out, and what did not arrive?"""

from starlette.responses import Response

from aftercare.service import N_
from staff import health
from staff.visit import Visit


async def show(visit: Visit) -> Response:
    """Counts by channel and by what went wrong; no persons."""
    return await _page(visit)


async def test_mail(visit: Visit) -> Response:
    """A test mail to whoever asks."""
    mail = visit.console.outside.mail
    if mail is None:
        return await _page(visit, N_("No mail host is set up, so nothing can be sent."))
    if not await mail(visit.staff_member.email):
        return await _page(
            visit,
            N_(
                "The mail host did not take the mail. Ask whoever keeps the server to look at the "
                "setting NAZORG_MAIL_URL; the command nazorg doctor says what is wrong."
            ),
        )
    return visit.go("/beheer/kanalen?gelukt=mailed")


async def _page(visit: Visit, problem: str = "") -> Response:
    now, outside = visit.words.now, visit.console.outside
    async with visit.service.database.read() as session:
        found = await health.channels(session, outside.channels, now)
        mail = await health.mail(session, now)
    return visit.page(
        "management/channels.html",
        502 if problem else 200,
        channels=found,
        mail=mail,
        mail_is_on=outside.mail is not None,
        days=health.LOOK_BACK.days,
        explained=health.explained,
        problem=visit.words.say(problem) if problem else "",
    )
