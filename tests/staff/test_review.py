"""The review of a sample, and what becomes of corrections."""

from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import func, select, update

from aftercare.service import Service
from conversations.understanding.labels import Label
from conversations.words import Role
from staff.accounts import add_staff
from staff.reviews import drawn
from storage.models import (
    AuditEntry,
    DeskMember,
    Mark,
    Message,
    Review,
    ReviewItem,
    StaffMember,
)
from tests.staff.world import (
    PASSWORD,
    Staff,
    browser,
    client,
    money_trouble,
    says,
    trouble_at_work,
)

RENT = "Ik kan de huur niet betalen deze maand"


async def lead(service: Service, who: StaffMember) -> None:
    """`who` leads the desks at which they work."""
    async with service.database.write() as session:
        await session.execute(
            update(DeskMember).where(DeskMember.staff_member_id == who.id).values(is_lead=True)
        )


async def second_consultant(service: Service) -> StaffMember:
    """Another colleague of the municipality's side in Velsen."""
    return await add_staff(
        service,
        name="Cor Beeld",
        email="cor@example.org",
        role=Role.CONSULENT,
        password=PASSWORD,
        desks=("velsen",),
    )


async def message_id(service: Service, text: str) -> int:
    """The id of the newest message with this text, which is encrypted."""
    async with service.database.read() as session:
        rows = (await session.scalars(select(Message).order_by(Message.id.desc()))).all()
    return next(one.id for one in rows if one.text == text)


def sample(service: Service, *pair: StaffMember, **more: str) -> dict[str, str]:
    """The form with which a lead starts a review."""
    today = service.now().date()
    fields = {
        "since": (today - timedelta(days=7)).isoformat(),
        "until": today.isoformat(),
        "size": "10",
        "first": pair[0].reference,
        "second": pair[1].reference,
    }
    return fields | more


async def started(service: Service, *pair: StaffMember, **more: str) -> str:
    """The path of a review that the first of the two started."""
    await lead(service, pair[0])
    async with browser(service, pair[0]) as web:
        answer = await web.post("/terugblik/steekproef", data=sample(service, *pair, **more))
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


async def judge_all(web: httpx2.AsyncClient, path: str, **fields: str) -> None:
    """Say the same of every message that is left."""
    while "Verder beoordelen" in (page := (await web.get(path)).text):
        place = page.split(f'href="{path}/')[1].split('"')[0]
        answer = await web.post(f"{path}/{place}", data=fields)
        assert answer.status_code == 303, answer.text


async def test_two_colleagues_judge_apart(service: Service, staff: Staff) -> None:
    await money_trouble(service)
    await trouble_at_work(service)
    other = await second_consultant(service)
    path = await started(service, staff.consultant, other)
    async with browser(service, staff.consultant) as first, browser(service, other) as second:
        page = (await first.get(f"{path}/1")).text
        assert RENT in page
        assert "schreeuwt" not in page
        assert "neemt contact met je op" in page  # what was answered
        note = "dit is eigenlijk wonen"
        await judge_all(first, path, verdict="wrong", label="housing", note=note)
        waiting = (await second.get(path)).text
        assert "wonen" not in waiting.lower()
        assert note not in (await second.get(f"{path}/1")).text
        assert "Om over te praten" not in (await first.get(path)).text
        await judge_all(second, path, verdict="wrong", label="debt")
        done = (await second.get(path)).text
        assert "Om over te praten" in done
        assert note in done
        assert RENT in done
        assert "0%" in done
        answer = await second.post(f"{path}/1", data={"verdict": "right"})
        assert answer.status_code == 409
        assert "Er verandert niets meer in" in answer.text


async def test_many_messages_to_talk_about_come_in_pages(service: Service, staff: Staff) -> None:
    await client(service)
    await says(service, "0600000001", "JA", *(f"nog {n} brieven van de bank" for n in range(18)))
    other = await second_consultant(service)
    path = await started(service, staff.consultant, other, size="50")
    async with service.database.write() as session:
        review = (await session.scalars(select(Review))).one()
        items = (await session.scalars(select(ReviewItem))).all()
        assert len(items) == 18
        review.finished_at = service.now()
        session.add_all(
            Mark(
                review_id=review.id,
                message_id=one.message_id,
                staff_member_id=who.id,
                label=label,
                urgent=False,
                at=service.now(),
            )
            for one in items
            for who, label in ((staff.consultant, Label.DEBT), (other, Label.LETTERS))
        )
    async with browser(service, other) as web:
        first = (await web.get(path)).text
        last = (await web.get(f"{path}?vanaf=15")).text
        assert (await web.get(f"{path}?vanaf=x")).text.count("<blockquote") == 15
    assert (first.count("<blockquote"), last.count("<blockquote")) == (15, 3)
    assert f'href="{path}?vanaf=15"' in first
    assert "Volgende berichten" not in last
    async with service.database.read() as session:
        reads = await session.scalar(
            select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "read")
        )
    assert reads == 3  # one of each page: all of one person


async def test_who_agrees_has_nothing_to_talk_about(service: Service, staff: Staff) -> None:
    await money_trouble(service)
    other = await second_consultant(service)
    path = await started(service, staff.consultant, other)
    for who in (staff.consultant, other):
        async with browser(service, who) as web:
            await judge_all(web, path, verdict="right")
            page = (await web.get(path)).text
    assert "jullie zijn het over elk bericht eens" in page
    assert "100%" in page


async def test_reading_in_a_review_is_written_down(service: Service, staff: Staff) -> None:
    await money_trouble(service)
    other = await second_consultant(service)
    path = await started(service, staff.consultant, other)
    async with browser(service, other) as web:
        await web.get(path)
        await web.get(f"{path}/1")
    async with service.database.read() as session:
        rows = (
            await session.execute(
                select(AuditEntry.staff_member_id, AuditEntry.detail).where(
                    AuditEntry.action == "read"
                )
            )
        ).all()
    assert [tuple(row) for row in rows] == [(other.id, path.rpartition("/")[2])]


async def test_a_review_is_of_the_two_and_the_lead(service: Service, staff: Staff) -> None:
    await money_trouble(service)
    other = await second_consultant(service)
    path = await started(service, staff.consultant, other)
    for who in (staff.coach, staff.outsider, staff.manager):
        async with browser(service, who) as web:
            for address in (path, f"{path}/1"):
                assert (await web.get(address)).status_code == 404
            answer = await web.post(f"{path}/1", data={"verdict": "right"})
            assert answer.status_code == 404
    async with browser(service, other) as web:
        for place in ("0", "2", "99", "x", "-1", "1000000", "١"):
            assert (await web.get(f"{path}/{place}")).status_code == 404
        assert (await web.post("/terugblik/steekproef", data={})).status_code == 404


async def test_a_message_that_may_not_be_read_any_more_leaves_the_sample(
    service: Service, staff: Staff
) -> None:
    await money_trouble(service)
    other = await second_consultant(service)
    path = await started(service, staff.consultant, other)
    async with service.database.write() as session:
        await session.execute(update(Message).values(side="work", escalation_id=None))
    async with browser(service, other) as web:
        page = (await web.get(f"{path}/1")).text
        assert RENT not in page
        assert "Je mag dit bericht niet meer lezen" in page
        assert (await web.post(f"{path}/1", data={"verdict": "right"})).status_code == 303
    async with service.database.read() as session:
        assert (await session.scalars(select(Mark))).all() == []


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"size": "0"}, "van 1 tot en met 50"),
        ({"size": "9999999999999"}, "van 1 tot en met 50"),
        ({"size": "veel"}, "van 1 tot en met 50"),
        ({"since": "gisteren"}, "Vul twee dagen in"),
        ({"since": "2026-04-01"}, "De laatste dag"),
        ({"since": "2025-01-01"}, "hoogstens drie maanden"),
        ({"second": "ZZZZZZZZ"}, "twee verschillende"),
        ({"since": "2026-02-01", "until": "2026-02-02"}, "geen bericht"),
    ],
)
async def test_a_review_that_cannot_be_is_refused(
    service: Service, staff: Staff, fields: dict[str, str], complaint: str
) -> None:
    await money_trouble(service)
    other = await second_consultant(service)
    await lead(service, staff.consultant)
    async with browser(service, staff.consultant) as web:
        form = sample(service, staff.consultant, other, **fields)
        answer = await web.post("/terugblik/steekproef", data=form)
        assert answer.status_code == 422
        assert complaint in answer.text
        same = sample(service, staff.consultant, staff.consultant)
        assert (await web.post("/terugblik/steekproef", data=same)).status_code == 422
        coach = sample(service, staff.consultant, staff.coach)
        assert (await web.post("/terugblik/steekproef", data=coach)).status_code == 422
    async with service.database.read() as session:
        assert (await session.scalars(select(Review))).all() == []


async def test_a_half_filled_mark_says_what_is_missing(service: Service, staff: Staff) -> None:
    await money_trouble(service)
    other = await second_consultant(service)
    path = await started(service, staff.consultant, other)
    async with browser(service, other) as web:
        for fields, complaint in (
            ({}, "Kies of het goed begrepen is"),
            ({"verdict": "wrong"}, "Kies waar het over ging"),
            ({"verdict": "wrong", "label": "<b>"}, "Kies waar het over ging"),
            ({"verdict": "right", "note": "x" * 501}, "hoogstens 500"),
        ):
            answer = await web.post(f"{path}/1", data=fields)
            assert answer.status_code == 422
            assert complaint in answer.text


def test_a_sample_is_the_same_whenever_it_is_drawn() -> None:
    ids = range(1, 10_001)
    first = drawn(ids, "SEED2345", 50)
    assert first == drawn(reversed(ids), "SEED2345", 50)
    assert first != drawn(ids, "SEED2346", 50)
    assert len(set(first)) == 50
    assert 2_000 < sum(first) / 50 < 8_000
    assert drawn([7], "SEED2345", 50) == [7]
