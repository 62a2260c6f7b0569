"""`/cijfers`: how aftercare goes, in counts. No persons, and nothing to click through to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from starlette.responses import Response

from aftercare.service import N_
from conversations.topics import ANSWERS
from conversations.words import CheckInStatus, OutcomeKind, Standing
from evaluation.pilot import asked, figures
from staff.visit import Visit
from staff.wording import Words
from storage.models import Desk, Municipality


@dataclass(frozen=True)
class Row:
    """One line of a table: a label, a count, and its share in per cent."""

    label: str
    count: int
    share: int


@dataclass(frozen=True)
class Share:
    """A figure at the top: so many out of so many."""

    label: str
    count: int
    of: int

    @property
    def per_cent(self) -> int | None:
        """The share, if there is anything to share."""
        return round(100 * self.count / self.of) if self.of else None


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
    return visit.page(
        "figures.html",
        figures=found,
        places=names,
        shares=[
            Share(say(N_("gave consent")), found.consented, found.enrolled),
            Share(say(N_("of the check-ins answered")), answered, asked(found.check_ins)),
            Share(say(N_("contacted in time")), found.contacted_in_time, found.contacted),
        ],
        tables=[
            (say(N_("Tracks")), _words(visit.words, list(Standing), found.standings)),
            (say(N_("How is it going at work?")), _words(visit.words, ANSWERS, found.answers)),
            (say(N_("Calls for help by desk")), _named(desks, found.escalations)),
            (say(N_("How it ended")), _words(visit.words, list(OutcomeKind), found.outcomes)),
            (say(N_("Instruments used")), _named({}, found.instruments)),
        ],
    )


def _words(
    words: Words, order: list[StrEnum] | tuple[StrEnum, ...], counts: Mapping[str, int]
) -> list[Row]:
    return _rows([(words.label(word), counts.get(word, 0)) for word in order])


def _named(names: Mapping[str, str], counts: Mapping[str, int]) -> list[Row]:
    return _rows([(names.get(slug, slug), count) for slug, count in counts.items()])


def _rows(counts: list[tuple[str, int]]) -> list[Row]:
    total = sum(count for _, count in counts)
    return [Row(label, count, round(100 * count / total)) for label, count in counts if count]
