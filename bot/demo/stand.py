"""How things stand: all that the page shows at this moment, as JSON with ready pieces of HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from sqlalchemy import func, select

import locales
from aftercare.subject import Subject
from bot.demo import guide, mailbox, people, tour
from bot.demo.cast import ZONE
from bot.demo.travelling import month_six, next_check_in
from bot.demo.words import LANGUAGES, say_shortly
from bot.demo.world import World
from conversations.words import Channel, Form, Standing
from storage.models import Escalation, Message, Notice, StaffMember

FOLDER = Path(__file__).parent


def strong(text: str) -> Markup:
    """`text` with what stands between double stars in bold."""
    parts = str(escape(text)).split("**")
    return Markup("").join(
        Markup(part if position % 2 == 0 else f"<strong>{part}</strong>")  # noqa: S704
        for position, part in enumerate(parts)
    )


templates = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.filters["strong"] = strong
templates.filters["direction"] = locales.direction


@dataclass(frozen=True)
class Reach:
    """What one can do on the chosen client's telephone: type, open the link, or nothing."""

    can_type: bool
    has_link: bool
    note: str


async def stand(
    world: World, reference: str, language: str, public_url: str, role: StaffMember | None
) -> dict[str, Any]:
    """All that changes on the page. `role` is whose screen the console shows."""
    words = LANGUAGES[language]
    async with world.service.database.read() as session:
        where = await guide.where_to(session)
        everybody = await people.everybody(session)
        mails = await mailbox.mails(session, public_url, language)
        badges = await mailbox.badges(session)
        changes = (
            await session.execute(
                select(
                    func.max(Escalation.id),
                    select(func.count(Message.id)).scalar_subquery(),
                    select(func.count(Notice.id)).scalar_subquery(),
                )
            )
        ).one()
    subject = await world.client(reference) or await world.client(where.heroine)
    assert subject is not None
    async with world.service.database.read() as session:
        bubbles = await people.bubbles(session, subject, language)
    due, end = await next_check_in(world.service, subject), month_six(subject)
    now, journey = world.service.now(), world.journey
    reach = _reach(subject, words)
    name = subject.client.first_name
    shared = {"t": words, "name": name, "client": subject.client, "language": language}
    hints = people.hints(subject) if reach.can_type else []
    pieces = {
        "people": _piece("people.html", everybody=everybody, **shared),
        "owner": _piece("owner.html", place=subject.municipality.name, **shared),
        "chat": _piece("chat.html", bubbles=bubbles, note=reach.note, **shared),
        "hints": _piece("hints.html", hints=hints, reach=reach, **shared),
        "mail": _piece("mail.html", mails=mails, **shared),
        "journeys": _piece(
            "journeys.html",
            check_in=due and say_shortly(due, language),
            month_six=end and say_shortly(end, language),
            is_under_way=journey is not None,
            **shared,
        ),
        "guide": _piece(
            "guide.html",
            where=where,
            tour=tour.of(language),
            references={one.name: one.reference for one in reversed(everybody)},
            coach=badges[0].reference,
            **shared,
        ),
        "badges": _piece("badges.html", badges=badges, role=role, **shared),
    }
    return {
        "client": subject.client.reference,
        "telegram": subject.client.channel is Channel.TELEGRAM,
        "can_type": reach.can_type,
        "type_as": words["type"].format(name=name),
        "day": format_date(now.astimezone(ZONE), "EEEE d MMMM y", locale=language),
        "time": locales.say_time(now, ZONE.key, language),
        "journey": journey
        and {
            "share": round(journey.share(now), 3),
            "text": words["travelling"].format(moment=say_shortly(journey.end, language)),
        },
        "role": role.reference if role else None,
        "step": where.step,
        "area": where.area,
        "desk": "/".join(str(one) for one in changes),
        "pieces": pieces,
    }


def version_of(body: bytes) -> str:
    """An ETag for what the page has."""
    return f'"{blake2b(body, digest_size=9).hexdigest()}"'


def _piece(template: str, **values: object) -> str:
    return templates.get_template(template).render(**values)


def _reach(subject: Subject, words: Mapping[str, str]) -> Reach:
    name, standing = subject.client.first_name, subject.enrolment.standing
    if subject.enrolment.form is Form.DECLINED:
        return Reach(can_type=False, has_link=False, note=words["never_asked"].format(name=name))
    if subject.client.channel is Channel.TELEGRAM and not subject.client.chat:
        opens = standing in (Standing.INVITED, Standing.LAPSED)
        return Reach(can_type=False, has_link=opens, note=words["link_why"].format(name=name))
    return Reach(can_type=True, has_link=False, note=words["nothing_yet"])
