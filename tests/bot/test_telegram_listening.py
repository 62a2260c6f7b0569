"""How updates come in: by polling through all trouble, and by a webhook with its secret."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.applications import Starlette

from bot.channels import DeliveryError
from bot.channels.telegram import Telegram
from conversations.words import Standing
from tests.bot.house import Here
from tests.bot.waiting import SOON
from tests.providers.faults import Fault
from tests.providers.server import serving
from tests.providers.telegram_people import TelegramUser

# Listening.


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.RESET, Fault.TOO_MANY_REQUESTS])
async def test_listening_goes_on_after_trouble(here: Here, fault: Fault) -> None:
    server = here.telegram_server
    server.faults.operations = frozenset({"getUpdates"})
    server.faults.script(fault)
    stranger = server.user("Ander")
    await stranger.send("hallo")
    here.poll()
    await stranger.wait(1, SOON)
    assert len(stranger.received) == 1, "the message from before the trouble is answered, once"


async def test_a_message_that_could_not_be_stored_comes_again(
    here: Here, bilal: TelegramUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = here.service.database
    working = database.write
    failures = 0

    def failing() -> AbstractAsyncContextManager[AsyncSession]:
        nonlocal failures
        task = asyncio.current_task()
        taking_in = task and "Intake" in getattr(task.get_coro(), "__qualname__", "")
        if taking_in and failures == 0:
            failures += 1
            raise OSError("disk full")
        return working()

    monkeypatch.setattr(database, "write", failing)
    await bilal.send("hulp")
    await bilal.wait(3, SOON)
    assert failures == 1
    assert (await here.inbox()).count("hulp") == 1


# The webhook.


@pytest.fixture
async def webhook(here: Here) -> AsyncIterator[str]:
    """The address of a webhook, which Telegram knows."""
    channel = Telegram(
        here.telegram_server.token,
        here.telegram_server.url,
        here.house.receive,
        str,
        secret="een-geheim_1",
    )
    async with serving(Starlette(routes=[channel.route()])) as port:
        address = f"http://127.0.0.1:{port}"
        await channel.set_webhook(address)
        here.deliver()
        yield f"{address}/webhooks/telegram"
        await channel.close()


@pytest.mark.usefixtures("webhook")
async def test_by_webhook_the_same_conversation_is_held(here: Here) -> None:
    person = await here.active_on_telegram()
    assert (await here.track()).standing is Standing.ACTIVE
    update = await person.send("hulp")
    await person.wait(3, SOON)
    here.telegram_server.resend(update)
    await here.telegram_server.settle(SOON)
    assert (await here.inbox()).count("hulp") == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"update_id": "x"}', b'"tekst"'])
async def test_a_webhook_call_that_is_no_update_is_refused(
    here: Here, webhook: str, body: bytes
) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": "een-geheim_1"}
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(webhook, content=body, headers=headers)
    assert answer.status_code in (200, 400)
    assert await here.inbox() == []


@pytest.mark.parametrize("secret", ["", "een-geheim_2", "een-geheim_1x", "een-geheim_"])
async def test_a_webhook_call_without_the_secret_is_refused(
    here: Here, webhook: str, secret: str
) -> None:
    token = (await here.enrol_on_telegram()).link_token
    person = {"id": 7, "is_bot": False, "first_name": "Bilal"}
    message = {"message_id": 9, "date": 1_772_442_000, "text": f"/start {token}", "from": person}
    update = {"update_id": 9, "message": message | {"chat": {"id": 7, "type": "private"}}}
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    async with httpx.AsyncClient(trust_env=False) as http:
        refused = await http.post(webhook, json=update, headers=headers)
        assert await here.inbox() == []
        right = {"X-Telegram-Bot-Api-Secret-Token": "een-geheim_1"}
        taken = await http.post(webhook, json=update, headers=right)
    assert (refused.status_code, taken.status_code) == (403, 200)
    assert await here.inbox() == ["[start]"]


async def test_a_webhook_call_that_is_too_large_is_refused(webhook: str) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": "een-geheim_1"}
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(webhook, content=b"x" * 300_000, headers=headers)
    assert answer.status_code == 413


async def test_telegram_refuses_a_webhook_without_https(here: Here) -> None:
    with pytest.raises(DeliveryError):
        await here.telegram.set_webhook("http://nazorg.example.org")
