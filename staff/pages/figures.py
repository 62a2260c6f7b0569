"""`/cijfers`: how aftercare goes, in counts. No persons, and nothing to click through to them."""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import select
from starlette.responses import Response

from aftercare.service import N_
from conversations.topics import ANSWERS
from conversations.words import CheckInStatus, OutcomeKind, Standing
from evaluation.pilot import asked, figures
from staff.access import RESEARCH
from staff.tallies import parts, shares, shown
from staff.visit import Visit
from staff.wording import Words
from storage.models import Desk, Municipality


async def show(visit: Visit) -> Response:
    """The counts of one's own municipalities; for an administrator, of all."""
    viewer, say = visit.viewer, visit.words.say
    ours = viewer.municipalities if viewer.side else None
    async with visit.service.database.read() as session:
        found = await figures(session, ours)
        desks = {one.slug: one.name for one in await session.scalars(select(Desk))}
        places = await session.scalars(select(Municipality).order_by(Municipality.name))
        names = [one.name for one in places if ours is None or one.id in ours]
    answered = found.check_ins.get(CheckInStatus.ANSWERED, 0)
    bare = viewer.role not in RESEARCH
    return visit.page(
        "figures.html",
        enrolled=shown(found.enrolled, bare=bare),
        places=names,
        shares=parts(
            [
                (say(N_("gave consent")), found.consented, found.enrolled),
                (say(N_("of the check-ins answered")), answered, asked(found.check_ins)),
                (say(N_("contacted in time")), found.contacted_in_time, found.contacted),
            ],
            bare=bare,
        ),
        tables=[
            (title, shares(counts, bare=bare))
            for title, counts in (
                (say(N_("Tracks")), _words(visit.words, list(Standing), found.standings)),
                (say(N_("How is it going at work?")), _words(visit.words, ANSWERS, found.answers)),
                (say(N_("Calls for help by desk")), _named(desks, found.escalations)),
                (say(N_("How it ended")), _words(visit.words, list(OutcomeKind), found.outcomes)),
                (say(N_("Instruments used")), _named({}, found.instruments)),
            )
        ],
    )


def _words(
    words: Words, order: list[StrEnum] | tuple[StrEnum, ...], counts: Mapping[str, int]
) -> list[tuple[str, int]]:
    return [(words.label(word), counts.get(word, 0)) for word in order]


def _named(names: Mapping[str, str], counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(names.get(slug, slug), count) for slug, count in counts.items()]
