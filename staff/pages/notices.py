"""`/ik/meldingen`: where and when a colleague hears of calls for help."""

from collections.abc import Mapping
from datetime import time

from starlette.responses import Response

from aftercare import notice_addresses
from aftercare.service import N_, Refused
from staff.access import Hidden
from staff.visit import Form, Visit
from storage.notices import MAIL

_EXAMPLES = (
    ("Telegram", "tgram://BOT-TOKEN/CHAT-ID/"),
    ("Teams", "workflows://HOST.logic.azure.com:443/WORKFLOW/SIGNATURE/"),
    ("Slack", "slack://A/B/C/"),
    ("Google Chat", "gchat://WORKSPACE/KEY/TOKEN"),
    ("Signal", "signals://HOST/+31600000001/+31600000002/"),
    ("ntfy", "ntfys://HOST/TOPIC"),
)
_USUAL = {
    "where": MAIL,
    "when": "at_once",
    "opens": "08:00",
    "closes": "18:00",
    "digest_at": "08:30",
}


async def show(visit: Visit) -> Response:
    """The colleague's own addresses, and the form for one more."""
    return await _page(visit)


async def add(visit: Visit) -> Response:
    """One more address."""
    form = await visit.form()
    try:
        kind, url = MAIL, ""
        if form.one("where") != MAIL:
            url = form.one("url")
            kind = visit.console.outside.service_of(url)
        elif visit.console.outside.mail is None:
            raise Refused(N_("No mail host is set up, so nothing can be sent."), "where")
        digest = form.one("when") == "digest"
        await notice_addresses.add(
            visit.service,
            visit.staff_member,
            kind,
            url,
            opens=_time(form, "opens"),
            closes=_time(form, "closes"),
            digest_at=_time(form, "digest_at") if digest else None,
        )
    except Refused as refused:
        return await _page(visit, 422, {refused.field or "": visit.words.refusal(refused)}, form)
    return visit.go("/ik/meldingen?gelukt=address")


async def test(visit: Visit) -> Response:
    """A test notice, to see that it arrives."""
    try:
        address = await notice_addresses.find(visit.service, visit.staff_member, visit.reference())
    except Refused:
        raise Hidden from None
    outside = visit.console.outside
    if address.kind == MAIL:
        went = outside.mail is not None and await outside.mail(visit.staff_member.email)
    else:
        went = await outside.knock(address.url)
    if not went:
        text = N_("The service did not take the test. Look whether the address is still right.")
        return await _page(visit, 502, {"": visit.words.say(text)})
    return visit.go("/ik/meldingen?gelukt=knocked")


async def end(visit: Visit) -> Response:
    """Nothing goes there any more."""
    try:
        await notice_addresses.end(visit.service, visit.staff_member, visit.reference())
    except Refused:
        raise Hidden from None
    return visit.go("/ik/meldingen?gelukt=address-off")


async def _page(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    async with visit.service.database.read() as session:
        addresses = await notice_addresses.own(session, visit.staff_member)
    say = visit.words.say
    return visit.page(
        "notices.html",
        status,
        addresses=addresses,
        mail=MAIL,
        examples=_EXAMPLES,
        where_choices=[
            (MAIL, say(N_("My own mail")), visit.staff_member.email),
            ("service", say(N_("Another service")), say(N_("Telegram, Teams, Signal and so on."))),
        ],
        when_choices=[
            ("at_once", say(N_("At once")), say(N_("Within the hours below."))),
            ("digest", say(N_("Once a day, together")), say(N_("At the time below."))),
        ],
        errors=errors or {},
        form=form or Form({name: (value,) for name, value in _USUAL.items()}),
    )


def _time(form: Form, name: str) -> time:
    try:
        return time.fromisoformat(form.one(name)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise Refused(N_("Write a time like 09:00."), name) from None
