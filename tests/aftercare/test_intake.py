"""Who waits at the same time is taken in together, and nobody notices."""

import asyncio
from itertools import count

from aftercare.inbox import Inbound, Received
from aftercare.intake import Intake
from aftercare.service import Service
from conversations.turns import Text
from conversations.words import Channel
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
