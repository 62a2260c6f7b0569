"""A family that shares one telephone: whose is what was written?"""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from aftercare.enrolment import enrol
from aftercare.inbox import Inbound, Received
from aftercare.intake import Intake
from aftercare.service import Refused, Service
from conversations.turns import Text
from conversations.words import Channel, MessageStatus, NoticeKind, Standing
from storage.models import Client
from tests.aftercare.people import (
    active,
    application,
    calls,
    client,
    house,
    last,
    later,
    messages,
    number,
    presses,
    said,
    track,
    writes,
)


async def test_a_number_that_is_taken_is_refused_unless_it_is_shared(service: Service) -> None:
    await active(service)
    with pytest.raises(Refused):
        await enrol(service, application(1, first_name="Youssef"))
    shared = await enrol(service, application(1, first_name="Youssef", shares_phone=True))
    kept = await client(service, shared.reference)
    assert kept.number_hash is None
    assert kept.number == "+31600000001"
    with pytest.raises(Refused):
        await enrol(service, application(1, first_name="Youssef", shares_phone=True))
    chat = application(1, first_name="Zohra", channel=Channel.TELEGRAM, shares_phone=True)
    with pytest.raises(Refused) as refused:
        await enrol(service, chat)
    assert refused.value.field == "channel"


async def test_what_is_said_on_a_shared_phone_is_kept_where_only_its_own_track_shows_it(
    service: Service,
) -> None:
    amina = await active(service)
    youssef = await enrol(service, application(1, first_name="Youssef", shares_phone=True))
    await writes(service, "Youssef ja")
    await writes(service, "schulden")
    assert (await said(service))[-1] == "about_whom"
    await writes(service, "2")
    words = [one for one in await messages(service) if one.text == "schulden"]
    assert words[0].client_id == (await client(service, youssef.reference)).id
    assert words[0].status is MessageStatus.HANDLED
    (call,) = await calls(service)
    assert call.client_id == (await client(service, youssef.reference)).id
    assert (await track(service, amina)).standing is Standing.ACTIVE


async def test_pieces_that_wait_for_a_name_are_answered_together(service: Service) -> None:
    await active(service)
    await enrol(service, application(1, first_name="Youssef", shares_phone=True))
    await writes(service, "Youssef ja")
    for words in ("ik snap het niet", "van die brief"):
        await writes(service, words)
    assert (await said(service)).count("about_whom") == 1
    await writes(service, "Youssef")
    assert (await last(service)).phrase == "passed_on"
    assert [one.topic for one in await calls(service)] == ["letters"]
    later(service, hours=26)
    built, mailbox = house(service)
    await built.tick()
    assert NoticeKind.WROTE_AFTER_END not in [one.kind for _, one in mailbox.letters]


async def test_danger_on_a_shared_phone_is_not_asked_about_first(service: Service) -> None:
    await active(service)
    await enrol(service, application(1, first_name="Youssef", shares_phone=True))
    await writes(service, "Youssef ja")
    await writes(service, "ik wil niet meer leven")
    assert (await said(service))[-1] == "danger_suicide"


async def test_a_button_is_of_whoever_has_the_chat(service: Service) -> None:
    await active(service, 1, channel=Channel.TELEGRAM)
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=2))
    await presses(service, 2, "good")
    assert (await said(service))[-1] == "thanks_good"


_SOMEBODY_WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgresql"])
async def test_a_colleague_at_work_on_the_family_costs_no_message(service: Service) -> None:
    """Each waits for the row that the other has: PostgreSQL gives up whoever asks first why."""
    amina = await active(service)
    youssef = await enrol(service, application(1, first_name="Youssef", shares_phone=True))
    await writes(service, "Youssef ja")
    first, second = [await client(service, one) for one in (amina, youssef.reference)]
    async with service.database.write() as session:
        await session.execute(text("SET LOCAL deadlock_timeout = '1min'"))  # not the colleague
        await session.get_one(Client, second.id, with_for_update=True)
        message = Inbound(Channel.SMS, number(1), "in-the-way", Text("schulden, Youssef"))
        taken = asyncio.create_task(Intake(service).receive(message))
        async with asyncio.timeout(30):  # it has the first's row then, and waits for the second's
            while not await session.scalar(_SOMEBODY_WAITS):  # noqa: ASYNC110 - PostgreSQL knows
                await asyncio.sleep(0.02)
        assert not taken.done()
        await session.get_one(Client, first.id, with_for_update=True)
    assert (await taken).received is Received.ANSWERED
    assert "schulden, Youssef" in [one.text for one in await messages(service)]
