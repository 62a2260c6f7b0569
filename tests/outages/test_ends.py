"""Every row has an end, or somebody is told that it stands still: in the figures and in `nazorg
missed`. What the program fails on comes once, is shown, and holds up nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

import aftercare.inbox
from aftercare.lines import lead
from aftercare.service import Service
from bot.house import House
from bot.missed import Missed, missed
from conversations.words import (
    CheckInStatus,
    Direction,
    MessageStatus,
    NoticeKind,
    NoticeStatus,
)
from storage.models import AuditEntry, CheckIn, Message, Notice
from tests.aftercare.people import (
    active,
    all_of,
    calls,
    client,
    colleague,
    house,
    later,
    steps,
    writes,
)
from tests.bot.house import Here
from tests.bot.waiting import SOON, until
from tests.operations.test_metrics import figures
from tests.providers.telegram_people import CallbackQuery, TelegramUser
from tests.providers.twilio_webhooks import STUCK

both = pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])


def only(found: list[Missed]) -> Missed:
    """The one line that there is."""
    (line,) = found
    return line


# Messages that were sent, and of which no word came.


async def test_a_message_without_any_later_word_is_sent_and_counted_and_listed(here: Here) -> None:
    await here.active_by_sms()
    here.service.clock.travel_to((await steps(here.service))["day-1"].due_at)
    here.twilio.outcome = STUCK
    await here.house.tick()
    assert (await here.last()).status is MessageStatus.SENT
    assert (await figures(here.service))["messages_unconfirmed_of_week",] == 0
    later(here.service, days=2.1)
    assert (await figures(here.service))["messages_unconfirmed_of_week",] == 1
    line = only(await missed(here.service))
    assert line.step == "day-1"
    assert "never told whether it arrived" in line.why
    await here.twilio.person("+31612340001").send("1")
    assert await missed(here.service) == [], "an answer is the best word of all"
    assert [one.status for one in await here.outbox()].count(MessageStatus.SENT) == 1


# Check-ins that nobody asked.


async def test_steps_that_nobody_asked_are_counted_for_a_week(service: Service) -> None:
    built, _ = house(service)
    await active(service)
    service.clock.travel_to((await steps(service))["day-1"].due_at + timedelta(days=4))
    await built.tick()
    found = await figures(service)
    assert found["check_ins_never_asked_of_week",] == 1
    assert (await steps(service))["day-1"].status is CheckInStatus.EXPIRED
    assert only(await missed(service)).step == "day-1"
    later(service, days=4)
    assert (await figures(service))["check_ins_never_asked_of_week",] == 0


# Calls for help that stand still.


async def test_a_call_that_stands_still_is_told_to_the_desk_and_then_to_its_lead(
    service: Service,
) -> None:
    built, mailbox = house(service)
    reference = await active(service)
    sanne = await colleague(service)
    await lead(service, "velsen", sanne.email)
    await writes(service, "hulp")
    await writes(service, "2")
    await writes(service, "de huur")
    (call,) = await calls(service)
    await built.travel(call.deadline + timedelta(hours=1))
    overdue = select(Notice).where(Notice.kind == NoticeKind.OVERDUE)
    assert {one.staff_member_id for one in await all_of(service, overdue)} == {None}
    found = await figures(service)
    assert (found["escalations_overdue",], found["escalations_standing_still",]) == (1, 0)
    await built.travel(call.deadline + timedelta(days=5))
    assert {one.staff_member_id for one in await all_of(service, overdue)} == {None, sanne.id}
    assert (await figures(service))["escalations_standing_still",] == 1
    line = only([one for one in await missed(service) if "nobody was in touch" in one.why])
    assert (line.client, line.since) == (reference, call.deadline)
    assert call.reference in line.why
    assert {sanne.email} <= {letter.email for _, letter in mailbox.letters}


# Notices.


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_after_half_a_year_nothing_waits_also_where_no_mail_is_set(service: Service) -> None:
    built = House(service)
    await active(service)
    await writes(service, "ik wil niet meer leven")
    await writes(service, "stop")
    await built.travel(service.now() + timedelta(days=190))
    waiting = await all_of(service, select(Notice).where(Notice.status == NoticeStatus.QUEUED))
    assert len(waiting) <= 1, "the reminder of this week"
    assert await all_of(service, select(CheckIn).where(CheckIn.status == "planned")) == []


# What the program fails on.


def fail(*_: object) -> None:
    """A bug."""
    raise ValueError("a bug")


@both
async def test_poison_by_sms_is_taken_once_shown_and_in_nobodys_way(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = await here.active_by_sms(1)
    bilal = await here.active_by_sms(2)
    with monkeypatch.context() as broken:
        broken.setattr(aftercare.inbox, "respond", fail)
        answer = await amina.send("help 🤯")
        assert answer.status == 200, "taken: Twilio has no reason to bring it again"
        again = await here.twilio.resend(answer.sid)
    assert again.status == 200
    aside = select(Message).where(Message.status == MessageStatus.SET_ASIDE)
    (kept,) = await all_of(here.service, aside)
    assert kept.text == "help 🤯"
    assert (await figures(here.service))["messages_set_aside",] == 1
    line = only(await missed(here.service))
    assert line.why.endswith("nobody has read it: ValueError")
    assert "help" not in line.why
    before = len(bilal.received)
    await bilal.send("hulp")
    await here.send()
    await bilal.wait(before + 1, SOON)
    async with here.service.database.write() as session:
        session.add(
            AuditEntry(at=here.service.now(), action="read", client_id=kept.client_id)
        )  # a colleague opens the conversation
    assert await missed(here.service) == []


@both
@pytest.mark.parametrize(
    "data", ["²:yes", "9" * 40 + ":yes", "1" + "0" * 18 + ":good", "１:yes", ":", "1:"]
)
async def test_buttons_that_nobody_made_hold_up_nobody_on_telegram(
    here: Here, bilal: TelegramUser, data: str
) -> None:
    """Whoever has a client of their own can press what they like. By polling, an update that
    fails again and again would hold up everybody's."""
    query = here.telegram_server.new_query()
    forge(here, bilal, query, data)
    before = len(bilal.received)
    await bilal.send("hulp")
    await bilal.wait(before + 1, SOON)
    await until(lambda: not here.telegram_server.updates.pending)
    assert len(bilal.received) == before + 1, "a forged button is not answered"


def forge(here: Here, user: TelegramUser, query: CallbackQuery, data: str) -> None:
    """A press of a button that the bot never sent."""
    message = user.message_json(user.received[-1], here.telegram_server.bot)
    content = {"id": query.id, "from": user.profile, "chat_instance": "1", "data": data}
    here.telegram_server.update("callback_query", user.id, content | {"message": message})


@both
async def test_a_value_that_the_database_does_not_take_is_set_aside(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of a value, not of the database: it would fail for ever."""
    amina = await here.active_by_sms(1)

    async def too_large(session: object, *_: object, **__: object) -> None:
        await session.execute(select(CheckIn.id).where(CheckIn.id == 10**30))  # type: ignore[attr-defined]

    with monkeypatch.context() as broken:
        broken.setattr("aftercare.inbox.effects.apply", too_large)
        assert (await amina.send("hulp")).status == 200
    rows = select(Message).where(Message.direction == Direction.IN, Message.status == "set_aside")
    assert [one.text for one in await all_of(here.service, rows)] == ["hulp"]
    assert (await client(here.service, (await here.client()).reference)).channel_stopped is None
