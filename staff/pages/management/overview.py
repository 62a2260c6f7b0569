"""`/beheer`: what is set up, what is missing, and where to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from aftercare.service import N_
from conversations.words import Channel
from scheduler.calendar import Hours, local_day
from staff import health
from staff.pages.routes import table
from staff.visit import Visit
from storage.models import Desk, DeskMember, Municipality, Organisation, StaffMember

_INVENTED = (".example.org", "@example.org", ".example.com", "@example.com")


@dataclass(frozen=True)
class Step:
    """One thing to set up: `missing` says what is not right yet, in words; nothing when it is."""

    title: str
    link: str
    mend: str
    fact: str
    missing: Sequence[str] = ()


async def show(visit: Visit) -> Response:
    """The checklist."""
    async with visit.service.database.read() as session:
        steps = [
            await _organisations(visit, session),
            *await _desks(visit, session),
            await _mail(visit, session),
            await _channels(visit, session),
        ]
    return visit.page("management/overview.html", steps=steps)


async def _organisations(visit: Visit, session: AsyncSession) -> Step:
    say = visit.words.say
    names = (
        await session.scalars(
            select(Organisation.name)
            .where(Organisation.closed_at.is_(None))
            .order_by(Organisation.name)
        )
    ).all()
    places = await session.scalar(
        select(func.count()).select_from(Municipality).where(Municipality.closed_at.is_(None))
    )
    missing = [] if names else [say(N_("There is no organisation yet."))]
    if not places:
        missing.append(say(N_("There is no municipality yet.")))
    return Step(
        say(N_("Organisations and municipalities")),
        "/beheer/teams" if not names else "/beheer/gemeenten",
        say(N_("To the municipalities")),
        say(
            N_("{organisations} organisations, {places} municipalities."),
            organisations=len(names),
            places=places or 0,
        ),
        missing,
    )


async def _routes(visit: Visit, session: AsyncSession) -> Step:
    say = visit.words.say
    places = await table(session, local_day(visit.words.now, Hours()))
    missing = [
        say(
            N_("{place}: nobody takes {topics}."),
            place=place.name,
            topics=", ".join(visit.words.label(topic) for topic in takes.topics),
        )
        for place, desks in places
        for takes in desks
        if takes.desk is None
    ]
    return Step(
        say(N_("Routes")), "/beheer/routes", say(N_("To the routes")),
        say(N_("Every topic has a team, in {count} municipalities."), count=len(places)), missing,
    )  # fmt: skip


async def _desks(visit: Visit, session: AsyncSession) -> tuple[Step, Step, Step]:
    """The desks, the routes to them, and who works there."""
    say = visit.words.say
    rows = await session.execute(
        select(Desk.name, Desk.email, func.count(StaffMember.id))
        .outerjoin(DeskMember, DeskMember.desk_id == Desk.id)
        .outerjoin(
            StaffMember,
            (StaffMember.id == DeskMember.staff_member_id) & StaffMember.left_at.is_(None),
        )
        .where(Desk.closed_at.is_(None))
        .group_by(Desk.id, Desk.name, Desk.email)
        .order_by(Desk.name)
    )
    desks = rows.all()
    invented = [name for name, email, _ in desks if email.endswith(_INVENTED)]
    empty = [name for name, _, count in desks if not count]
    missing = [] if desks else [say(N_("There is no team yet."))]
    if invented:
        missing.append(
            say(N_("These teams have an example address, which reaches nobody: {names}."),
                names=", ".join(invented))
        )  # fmt: skip
    return (
        Step(
            say(N_("Teams")), "/beheer/teams", say(N_("To the teams")),
            say(N_("{count} teams."), count=len(desks)), missing,
        ),
        await _routes(visit, session),
        Step(
            say(N_("Colleagues")), "/beheer/collegas", say(N_("To the colleagues")),
            say(N_("Somebody works at every team.")),
            [say(N_("Nobody works at: {names}."), names=", ".join(empty))] if empty else [],
        ),
    )  # fmt: skip


async def _mail(visit: Visit, session: AsyncSession) -> Step:
    say = visit.words.say
    found = await health.mail(session, visit.words.now)
    missing = []
    if visit.console.outside.mail is None:
        missing.append(
            say(N_("No mail host is set up: teams hear of calls for help in the console only."))
        )
    elif found.is_stuck(visit.words.now):
        missing.append(
            say(N_("The mail does not go out: {count} notices wait."), count=found.waiting)
        )
    return Step(
        say(N_("Mail")), "/beheer/kanalen", say(N_("To the channels and the mail")),
        say(N_("The mail works.")), missing,
    )  # fmt: skip


async def _channels(visit: Visit, session: AsyncSession) -> Step:
    say = visit.words.say
    on = visit.console.outside.channels
    missing = []
    if not on:
        missing.append(say(N_("No channel is set up: participants cannot be reached.")))
    missing += [
        say(N_("{channel}: {count} messages wait too long."),
            channel=visit.words.label(one.channel), count=one.waiting)
        for one in await health.waiting(session, on, visit.words.now)
        if one.is_on and one.is_stuck(visit.words.now)
    ]  # fmt: skip
    names = ", ".join(visit.words.label(one) for one in Channel if one in on)
    return Step(
        say(N_("Channels")), "/beheer/kanalen", say(N_("To the channels and the mail")),
        say(N_("Participants are reached by: {names}."), names=names or "–"), missing,
    )  # fmt: skip
