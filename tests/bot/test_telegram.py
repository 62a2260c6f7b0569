"""Telegram, through python-telegram-bot, against a Bot API that refuses what the real one does."""

import socket

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels import Doubt
from bot.channels.telegram import Telegram
from tests.bot.house import Here
from tests.bot.parcels import chat as parcel
from tests.bot.parcels import refused
from tests.providers.faults import Fault
from tests.providers.server import serving
from tests.providers.telegram_people import TelegramUser


async def test_a_message_arrives_with_its_buttons_one_below_the_other(
    here: Here, user: TelegramUser
) -> None:
    sent = await here.telegram.send(
        parcel(user.id, "Hoe gaat het?", ("goed", "1:good"), ("nee", "1:no"))
    )
    assert sent.arrived
    assert sent.external_id
    (message,) = user.received
    assert message.text == "Hoe gaat het?"
    assert message.markup is not None
    assert [[button.data for button in row] for row in message.markup.rows] == [
        ["1:good"],
        ["1:no"],
    ]


async def test_ids_of_two_people_are_never_the_same(here: Here, user: TelegramUser) -> None:
    one = await here.telegram.send(parcel(user.id))
    two = await here.telegram.send(parcel(user.id))
    assert one.external_id != two.external_id


@pytest.mark.parametrize("why", ["blocked", "deactivated", "never wrote", "unknown chat"])
async def test_a_chat_that_is_gone_closes_the_channel(
    here: Here, user: TelegramUser, why: str
) -> None:
    address = user.id
    match why:
        case "blocked":
            user.block()
        case "deactivated":
            user.deactivate()
        case "never wrote":
            address = here.telegram_server.user("Iemand").id
        case _:
            address = 424242
    error = await refused(here.telegram, parcel(address))
    assert error.permanent
    assert error.closes_channel


@pytest.mark.parametrize("text", ["", "x" * 4097])
async def test_a_text_that_telegram_never_takes_is_not_tried_again(
    here: Here, user: TelegramUser, text: str
) -> None:
    error = await refused(here.telegram, parcel(user.id, text))
    assert error.permanent
    assert not error.closes_channel


async def test_the_longest_text_arrives(here: Here, user: TelegramUser) -> None:
    await here.telegram.send(parcel(user.id, "x" * 4096))
    assert len(user.received[0].text) == 4096


async def test_too_many_requests_say_how_long_to_wait(here: Here, user: TelegramUser) -> None:
    here.telegram_server.faults.retry_after = 37
    here.telegram_server.faults.script(Fault.TOO_MANY_REQUESTS)
    error = await refused(here.telegram, parcel(user.id))
    assert not error.permanent
    assert error.retry_after == 37
    assert error.doubt is Doubt.NOT_SENT


async def test_a_wrong_token_fails_no_message_for_good(here: Here, user: TelegramUser) -> None:
    stranger = Telegram("4242:wrong", here.telegram_server.url, here.house.receive, str)
    error = await refused(stranger, parcel(user.id))
    await stranger.close()
    assert not error.permanent
    assert (error.retry_after or 0) >= 60


async def test_an_error_that_telegram_tells_of_is_tried_again(
    here: Here, user: TelegramUser
) -> None:
    here.telegram_server.faults.script(Fault.SERVER_ERROR)
    error = await refused(here.telegram, parcel(user.id))
    assert not error.permanent
    assert error.doubt is Doubt.NOT_SENT


@pytest.mark.parametrize(
    "fault", [Fault.RESET, Fault.CLOSE_AFTER, Fault.HANG_BEFORE, Fault.HANG_AFTER]
)
@pytest.mark.usefixtures("impatient")
async def test_a_connection_that_breaks_leaves_a_doubt(
    here: Here, user: TelegramUser, fault: Fault
) -> None:
    here.telegram_server.faults.script(fault)
    error = await refused(here.telegram, parcel(user.id))
    assert not error.permanent
    assert error.doubt is Doubt.UNKNOWN


async def test_an_answer_by_something_in_between_leaves_a_doubt(
    here: Here, user: TelegramUser
) -> None:
    async def bad_gateway(_request: Request) -> Response:
        return Response("<html>Bad Gateway</html>", 502, media_type="text/html")

    async with serving(
        Starlette(routes=[Route("/{rest:path}", bad_gateway, methods=["POST"])])
    ) as port:
        channel = Telegram("4242:x", f"http://127.0.0.1:{port}", here.house.receive, str)
        error = await refused(channel, parcel(user.id))
        await channel.close()
    assert not error.permanent
    assert error.doubt is Doubt.UNKNOWN


async def test_where_nobody_listens_nothing_was_sent(here: Here) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    channel = Telegram("4242:x", f"http://127.0.0.1:{port}", here.house.receive, str)
    error = await refused(channel, parcel(1))
    await channel.close()
    assert not error.permanent
    assert error.doubt is Doubt.NOT_SENT


async def test_a_chat_that_moved_closes_the_channel(here: Here, user: TelegramUser) -> None:
    group = here.telegram_server.group("Familie", user)
    old = group.id
    group.upgrade(user)
    error = await refused(here.telegram, parcel(old))
    assert error.permanent
