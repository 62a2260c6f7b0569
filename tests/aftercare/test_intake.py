"""Who waits at the same time is taken in together, and nobody notices."""

import asyncio
from itertools import count

import pytest

import aftercare.inbox
import aftercare.intake
from aftercare.inbox import Inbound, Receipt, Received
from aftercare.intake import Intake
from aftercare.service import Service
from conversations.turns import Text
from conversations.words import Channel
from storage.database import Busy
from tests.aftercare.people import active, number, said

_ids = count()


def inbound(person: int, words: str, external_id: str | None = None) -> Inbound:
    sender = number(person) if person else "+31600999999"
    return Inbound(Channel.SMS, sender, external_id or f"t{next(_ids)}", Text(words))


async def test_each_of_many_gets_an_answer_of_their_own_in_order(service: Service) -> None:
    for person in (1, 2, 3):
        await active(service, person)
    intake = Intake(service)
    texts = [(1, "hulp"), (2, "hulp"), (1, "2"), (3, "hulp"), (1, "nee")]
    receipts = await asyncio.gather(*(intake.receive(inbound(*one)) for one in texts))
    assert {one.received for one in receipts} == {Received.ANSWERED}
    names = await said(service)
    assert names.count("what_about_call") == 3
    assert names[-2:] == ["own_words", "promise"]


async def test_a_repeat_and_a_stranger_among_them_change_nothing_for_the_others(
    service: Service,
) -> None:
    await active(service, 1)
    await active(service, 2)
    intake = Intake(service)
    await intake.receive(inbound(1, "hulp", "once"))
    receipts = await asyncio.gather(
        intake.receive(inbound(1, "hulp", "once")),
        intake.receive(inbound(2, "hulp")),
        intake.receive(inbound(0, "hallo")),
    )
    assert [one.received for one in receipts] == [
        Received.REPEATED,
        Received.ANSWERED,
        Received.STRANGER,
    ]
    assert (await said(service)).count("what_about_call") == 2


async def test_half_a_character_holds_up_nobody(service: Service) -> None:
    await active(service, 1)
    await active(service, 2)
    intake = Intake(service)
    receipts = await asyncio.gather(
        intake.receive(inbound(1, "\ud800 hallo daar allemaal")), intake.receive(inbound(2, "hulp"))
    )
    assert [one.received for one in receipts] == [Received.ANSWERED] * 2


async def test_a_fault_nobody_thought_of_is_told_to_whom_it_concerns_and_nobody_else(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await active(service, 1)
    await active(service, 2)
    real = aftercare.inbox.receive

    async def receive(service: Service, one: Inbound) -> Receipt:
        if one.sender == number(1):
            raise RuntimeError("a bug")
        return await real(service, one)

    async def together(*_: object) -> dict[int, Receipt]:
        raise RuntimeError("a bug")

    monkeypatch.setattr(aftercare.intake, "receive", receive)
    monkeypatch.setattr(aftercare.intake, "_together", together)
    intake = Intake(service)
    first, second = await asyncio.gather(
        intake.receive(inbound(1, "hulp")),
        intake.receive(inbound(2, "hulp")),
        return_exceptions=True,
    )
    assert isinstance(first, RuntimeError)
    assert isinstance(second, Receipt)


async def test_who_closes_waits_for_what_is_in_hand(service: Service) -> None:
    await active(service, 1)
    intake = Intake(service)
    waiting = asyncio.create_task(intake.receive(inbound(1, "hulp")))
    await asyncio.sleep(0)
    await intake.close()
    await asyncio.sleep(0)
    assert waiting.done()


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_who_waits_behind_a_lock_is_told_once_for_all_who_wait(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each waiting anew after the other would be longer than a provider waits for a webhook."""
    busy = 0.5
    monkeypatch.setattr("storage.database.BUSY_SECONDS", busy)
    for person in range(1, 9):
        await active(service, person)
    intake = Intake(service)
    async with service.database.write():
        began = asyncio.get_running_loop().time()
        told = await asyncio.gather(
            *(intake.receive(inbound(person, "hulp")) for person in range(1, 9)),
            return_exceptions=True,
        )
        took = asyncio.get_running_loop().time() - began
    assert {type(one) for one in told} == {Busy}
    assert took < 4 * busy  # of eight, each for itself
