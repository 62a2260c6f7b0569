"""The leaflet to take home: of one client, or in a language with the names left open."""

from starlette.responses import Response

import locales
from aftercare.leaflet import leaflet, leaflet_for
from aftercare.subject import current
from staff import tracks
from staff.access import Hidden
from staff.qr import TelegramLink, telegram_link
from staff.visit import Visit
from storage.encryption import ring
from storage.models import Client


async def choose(visit: Visit) -> Response:
    """In which language?"""
    languages = [(code, locales.own_name(code)) for code in locales.languages()]
    return visit.page("leaflets.html", languages=languages)


async def blank(visit: Visit) -> Response:
    """One without names, to have at hand."""
    language = visit.request.path_params["language"]
    if language not in locales.languages():
        raise Hidden
    return visit.page("leaflet.html", leaflet=leaflet(language), reference=None, link=None)


async def own(visit: Visit) -> Response:
    """The client's own, with who is there for them."""
    return await _own(visit, None)


async def with_link(visit: Visit) -> Response:
    """The same, with the Telegram link that was made just now: it is kept nowhere, so the page
    that shows it hands it on. A POST, so that it is in no address."""
    form = await visit.form()
    return await _own(visit, form.one("token"))


async def _own(visit: Visit, token: str | None) -> Response:
    reference = visit.reference()
    async with visit.service.database.read() as session:
        person = await tracks.person(session, visit.viewer, reference)
        subject = await current(session, Client.reference, reference)
        if not person.is_current or subject is None:
            raise Hidden
        paper = await leaflet_for(session, subject, visit.service.now())
    link: TelegramLink | None = None
    if token and ring().look_up("link", token) == subject.enrolment.link_hash:
        link = telegram_link(visit.console.telegram_name(), token)
    return visit.page("leaflet.html", leaflet=paper, reference=reference, link=link)
