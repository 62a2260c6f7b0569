"""Reviews of how messages were understood: a sample that two colleagues judge apart."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b
from heapq import nsmallest

from sqlalchemy import Select, and_, delete, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import N_, Refused, Service
from conversations.understanding.labels import Label
from evaluation.agreement import Agreement, agreement
from evaluation.lookback import Period
from staff.access import (
    SIDE_OF_ROLE,
    Hidden,
    Viewer,
    judges_review,
    must_lead,
    reads_message,
    sees_enrolment,
    sees_review,
    viewer_of,
)
from staff.meanings import Judgement, keep_mark
from storage.models import Enrolment, Mark, Message, Review, ReviewItem, StaffMember

LARGEST = 50
LONGEST_PERIOD = 92
"""Days."""


@dataclass(frozen=True)
class Progress:
    """A review in the list: how far each of the two is."""

    review: Review
    size: int
    first: StaffMember
    second: StaffMember
    first_done: int
    second_done: int

    def mine(self, viewer: Viewer) -> bool:
        """Whether `viewer` is one of the two."""
        return judges_review(viewer, self.review)

    def done_by(self, viewer: Viewer) -> int:
        """How many `viewer` judged."""
        return self.first_done if viewer.id == self.first.id else self.second_done


@dataclass(frozen=True)
class Verdict:
    """One message of a finished review: what was understood, and what each of the two said."""

    message_id: int
    understood: Label
    first: Mark
    second: Mark

    @property
    def labels(self) -> tuple[Label, Label]:
        """What it was about, to each of the two."""
        return self.first.label or self.understood, self.second.label or self.understood

    @property
    def alike(self) -> bool:
        """Whether the two say the same."""
        return self.labels[0] is self.labels[1]


@dataclass(frozen=True)
class Result:
    """What came of a finished review; `right`: of how many both say that it was understood."""

    agreement: Agreement
    right: int
    apart: list[Verdict]


async def reviewers(session: AsyncSession, viewer: Viewer) -> list[StaffMember]:
    """The colleagues of the own side who work here, by name."""
    roles = [role for role, side in SIDE_OF_ROLE.items() if side is viewer.side]
    rows = await session.scalars(
        select(StaffMember).where(StaffMember.role.in_(roles), StaffMember.left_at.is_(None))
    )
    return sorted(rows, key=lambda one: one.name.casefold())


async def start(
    service: Service, viewer: Viewer, period: Period, size: int, first: str, second: str
) -> str:
    """Draw a sample for two colleagues (references). Returns the review's reference. Raises
    `Refused`; `Hidden` for whoever leads no desk."""
    must_lead(viewer)
    if (period.until - period.since).days >= LONGEST_PERIOD:
        raise Refused(N_("Choose at most three months."), "until")
    if not 1 <= size <= LARGEST:
        raise Refused(N_("Choose a number from 1 to {largest}."), "size", largest=str(LARGEST))
    async with service.database.write() as session:
        known = {one.reference: one for one in await reviewers(session, viewer)}
        pair = [known[one] for one in dict.fromkeys((first, second)) if one in known]
        if len(pair) != 2:
            raise Refused(N_("Choose two different colleagues."), "second")
        readers = [
            replace(await viewer_of(session, one, service.now()), emergencies=frozenset())
            for one in pair
        ]
        review = Review(
            side=SIDE_OF_ROLE[viewer.role],
            since=period.since,
            until=period.until,
            started_by_id=viewer.id,
            first_id=pair[0].id,
            second_id=pair[1].id,
            at=service.now(),
        )
        session.add(review)
        await session.flush()
        found = await session.scalars(_eligible(period, (viewer, *readers)))
        sample = drawn(found, review.seed, size)
        if not sample:
            raise Refused(N_("There is no message in this period that both may read."), "since")
        session.add_all(
            ReviewItem(review_id=review.id, place=place, message_id=message_id)
            for place, message_id in enumerate(sample, 1)
        )
        return review.reference


def drawn(ids: Iterable[int], seed: str, size: int) -> list[int]:
    """A sample of `ids` that is the same whenever it is drawn with the same seed: the first in the
    order of a hash of seed and id."""
    return nsmallest(size, ids, key=lambda one: blake2b(f"{seed} {one}".encode()).digest())


async def all_of(session: AsyncSession, viewer: Viewer) -> list[Progress]:
    """The reviews that a colleague started or judges, newest first."""
    rows = await session.scalars(
        select(Review).where(sees_review(viewer)).order_by(Review.id.desc()).limit(20)
    )
    return await _progress(session, list(rows))


async def one_of(session: AsyncSession, viewer: Viewer, reference: str) -> Progress:
    """The review with this reference. Raises `Hidden`."""
    rows = await session.scalars(
        select(Review).where(sees_review(viewer), Review.reference == reference)
    )
    found = await _progress(session, list(rows))
    if not found:
        raise Hidden
    return found[0]


async def message_at(session: AsyncSession, review: Review, place: int) -> int:
    """The id of the message on a place. Raises `Hidden`."""
    found = await session.scalar(
        select(ReviewItem.message_id).where(
            ReviewItem.review_id == review.id, ReviewItem.place == place
        )
    )
    if found is None:
        raise Hidden
    return found


async def next_place(session: AsyncSession, viewer: Viewer, review: Review) -> int | None:
    """The first place that `viewer` did not judge yet."""
    judged = select(Mark.message_id).where(
        Mark.review_id == review.id, Mark.staff_member_id == viewer.id
    )
    return await session.scalar(
        select(func.min(ReviewItem.place)).where(
            ReviewItem.review_id == review.id, ReviewItem.message_id.not_in(judged)
        )
    )


async def judge(
    service: Service, viewer: Viewer, reference: str, place: int, judgement: Judgement | None
) -> None:
    """Keep what `viewer` says of a message. None: it cannot be read any more, so it leaves the
    sample. When both have judged all, the review is finished and nothing changes any more."""
    async with service.database.write() as session:
        review = await session.scalar(
            select(Review)
            .where(sees_review(viewer), Review.reference == reference)
            .with_for_update()
        )
        if review is None or not judges_review(viewer, review):
            raise Hidden
        if review.finished_at is not None:
            raise Refused(N_("This review is finished. Nothing changes in it any more."))
        message_id = await message_at(session, review, place)
        if judgement is None:
            for table in (Mark, ReviewItem):
                await session.execute(
                    delete(table).where(
                        table.review_id == review.id, table.message_id == message_id
                    )
                )
        else:
            await keep_mark(session, viewer, message_id, review.id, judgement, service.now())
        await session.flush()
        (progress,) = await _progress(session, [review])
        if progress.first_done == progress.second_done == progress.size:
            review.finished_at = service.now()


async def result(session: AsyncSession, review: Review) -> Result:
    """How far the two agree on what each message was about, and where they do not."""
    rows = await session.execute(
        select(ReviewItem.message_id, Message.label, Mark)
        .join(Message, Message.id == ReviewItem.message_id)
        .join(Mark, and_(Mark.review_id == review.id, Mark.message_id == ReviewItem.message_id))
        .where(ReviewItem.review_id == review.id)
        .order_by(ReviewItem.place)
    )
    marks: dict[int, dict[int, Mark]] = {}
    understood: dict[int, Label] = {}
    for message_id, label, mark in rows:
        marks.setdefault(message_id, {})[mark.staff_member_id] = mark
        understood[message_id] = label or Label.UNCLEAR
    verdicts = [
        Verdict(message_id, understood[message_id], both[review.first_id], both[review.second_id])
        for message_id, both in marks.items()
    ]
    return Result(
        agreement([one.labels for one in verdicts]),
        sum(one.first.label is None and one.second.label is None for one in verdicts),
        [one for one in verdicts if not one.alike],
    )


def _eligible(period: Period, readers: Iterable[Viewer]) -> Select[int]:
    """What somebody wrote in own words, and all of `readers` may read."""
    chosen = (
        select(Message.id)
        .join(Enrolment, Enrolment.id == Message.enrolment_id)
        .where(
            Message.direction == literal_column("'in'"),
            Message.label.is_not(None),
            *period.holds(Message.at),
        )
    )
    for reader in readers:
        chosen = chosen.where(sees_enrolment(reader), reads_message(reader))
    return chosen


async def _progress(session: AsyncSession, reviews: list[Review]) -> list[Progress]:
    ids = [one.id for one in reviews]
    people = {who for one in reviews for who in (one.first_id, one.second_id)}
    names = {
        one.id: one
        for one in await session.scalars(select(StaffMember).where(StaffMember.id.in_(people)))
    }
    sizes = dict(
        (
            await session.execute(
                select(ReviewItem.review_id, func.count())
                .where(ReviewItem.review_id.in_(ids))
                .group_by(ReviewItem.review_id)
            )
        ).all()
    )
    done = {
        (review_id, who): count
        for review_id, who, count in await session.execute(
            select(Mark.review_id, Mark.staff_member_id, func.count())
            .where(Mark.review_id.in_(ids))
            .group_by(Mark.review_id, Mark.staff_member_id)
        )
    }
    return [
        Progress(
            one,
            sizes.get(one.id, 0),
            names[one.first_id],
            names[one.second_id],
            done.get((one.id, one.first_id), 0),
            done.get((one.id, one.second_id), 0),
        )
        for one in reviews
    ]
