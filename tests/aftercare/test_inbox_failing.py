"""What the program, the database or a provider fails on: nothing is lost, nothing is in the way."""

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import OperationalError

import aftercare.inbox
from aftercare import effects
from aftercare.inbox import Received
from aftercare.service import Refused, Service
from conversations.turns import Text
from conversations.words import (
    Channel,
    Direction,
    MessageKind,
    MessageStatus,
    NoticeKind,
    Side,
    Standing,
)
from storage import outbox
from storage.models import Message, Municipality, Route
from tests.aftercare.people import (
    active,
    all_of,
    brings,
    client,
    messages,
    notices,
    number,
    presses,
    said,
    track,
    writes,
)


@pytest.mark.parametrize(
    "error", [ValueError, KeyError, TypeError, AttributeError, RuntimeError, Refused]
)
async def test_a_message_that_the_program_fails_on_is_set_aside_and_somebody_is_told(
    service: Service, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    await active(service)

    def fail(*_: object) -> None:
        raise error("a bug")

    before = await said(service)
    with monkeypatch.context() as patched:
        patched.setattr(aftercare.inbox, "respond", fail)
        receipt = await writes(service, "hallo", external_id="SM1")
        assert receipt.received is Received.SET_ASIDE
        assert (await writes(service, "hallo", external_id="SM1")).received is Received.REPEATED
    (kept,) = [one for one in await messages(service, Direction.IN) if one.text == "hallo"]
    assert (kept.status, kept.side) == (MessageStatus.SET_ASIDE, Side.MUNICIPALITY)
    assert kept.error == error.__name__
    assert await said(service) == before
    assert len(await notices(service)) == 1
    assert (await writes(service, "hulp")).received is Received.ANSWERED


async def test_danger_in_a_message_that_the_program_fails_on_is_told_as_danger(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await active(service)

    def fail(*_: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr(aftercare.inbox, "respond", fail)
    await writes(service, "ik wil dood")
    assert [one.kind for one in await notices(service)] == [NoticeKind.DANGER]


async def test_when_the_database_fails_the_provider_must_bring_it_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await active(service)
    before = len(await messages(service))

    async def fail(*_: object, **__: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    with monkeypatch.context() as patched:
        patched.setattr(effects, "apply", fail)
        with pytest.raises(OperationalError):
            await writes(service, "hulp", external_id="SM1")
    assert len(await messages(service)) == before, "nothing is half kept"
    assert (await writes(service, "hulp", external_id="SM1")).received is Received.ANSWERED


async def test_a_municipality_without_routes_does_not_stop_the_messages_of_others(
    service: Service,
) -> None:
    await active(service, 1, municipality="Uitgeest")
    await active(service, 2)
    async with service.database.write() as session:
        place = select(Municipality.id).where(Municipality.slug == "uitgeest")
        await session.execute(delete(Route).where(Route.municipality_id.in_(place)))
    await writes(service, "hulp", 1)
    assert (await writes(service, "2", 1)).received is Received.SET_ASIDE
    await writes(service, "hulp", 2)
    assert (await writes(service, "2", 2)).received is Received.ANSWERED


# A channel that was closed.


async def test_whoever_writes_over_a_closed_channel_can_be_reached_again(
    service: Service,
) -> None:
    from aftercare.contact import close_channel

    reference = await active(service)
    person = await client(service, reference)
    await close_channel(service, person.id, "twilio 30005")
    assert (await client(service, reference)).channel_stopped
    assert [one.kind for one in await notices(service)] == [NoticeKind.CHANNEL_STOPPED]
    await close_channel(service, person.id, "twilio 30005")
    assert len(await notices(service)) == 1
    await writes(service, "hulp")
    assert (await client(service, reference)).channel_stopped is None
    parcels = await outbox.claim(service.database, Channel.SMS, service.now(), 10)
    assert MessageKind.REPLY in {one.kind for one in parcels}


async def test_a_stop_that_the_provider_confirmed_is_not_confirmed_again(
    service: Service,
) -> None:
    reference = await active(service)
    before = await said(service)
    await brings(service, Text("STOP"), number(), stop_is_answered=True)
    assert await said(service) == before
    assert (await track(service, reference)).standing is Standing.WITHDRAWN


async def test_buttons_that_nobody_made_are_kept_and_do_nothing(service: Service) -> None:
    await active(service, channel=Channel.TELEGRAM)
    before = await said(service)
    await presses(service, 99, "' OR 1=1 --")
    assert await said(service) == before
    assert len(await all_of(service, select(Message).where(Message.direction == "in"))) == 3
