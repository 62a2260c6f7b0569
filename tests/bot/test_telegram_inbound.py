"""What people write, send and press on Telegram: kept once, answered once."""

from datetime import UTC, datetime, timedelta

import pytest

from conversations.words import Standing
from tests.aftercare.people import calls
from tests.bot.house import Here
from tests.bot.waiting import SOON
from tests.providers.telegram_people import TelegramUser


async def test_a_deep_link_leads_to_the_invitation_and_yes_to_the_track(
    here: Here, bilal: TelegramUser
) -> None:
    assert bilal.received[0].labels == ["ja", "nee"]
    assert (await here.track()).standing is Standing.ACTIVE
    assert (await here.client()).chat == str(bilal.id)


async def test_a_deep_link_works_for_one_person_only(here: Here) -> None:
    here.poll()
    token = (await here.enrol_on_telegram()).link_token or ""
    first, second = here.telegram_server.user("Bilal"), here.telegram_server.user("Ander")
    await first.start(token)
    await first.wait(1, SOON)
    await second.start(token)
    await second.wait(1, SOON)
    assert second.received[0].text.startswith("Deze link werkt niet meer")
    assert (await here.client()).chat == str(first.id)
    assert await here.inbox() == ["[start]"]


async def test_a_forged_link_gets_the_fixed_answer_and_keeps_nothing(here: Here) -> None:
    here.poll()
    token = (await here.enrol_on_telegram()).link_token or ""
    stranger = here.telegram_server.user("Ander")
    await stranger.start(token[:-1] + ("A" if token[-1] != "A" else "B"))
    await stranger.wait(1, SOON)
    assert await here.inbox() == []
    assert (await here.client()).chat is None


async def test_a_stranger_is_answered_once_a_day_and_nothing_is_kept(here: Here) -> None:
    here.poll()
    await here.enrol_on_telegram()
    stranger = here.telegram_server.user("Ander")
    for text in ("hallo", "is daar iemand"):
        await stranger.send(text)
    await here.all_taken()
    assert len(stranger.received) == 1
    assert await here.inbox() == []
    here.service.clock.travel_to(here.service.now() + timedelta(days=1))
    await stranger.send("hallo?")
    await stranger.wait(2, SOON)
    assert await here.strangers() == 1  # yesterday's is gone


async def test_a_stranger_who_blocks_us_is_no_trouble(here: Here) -> None:
    here.poll()
    stranger = here.telegram_server.user("Ander")
    await stranger.send("hallo")
    stranger.block()
    person = await here.active_on_telegram()
    assert len(person.received) == 2


async def test_the_same_update_three_times_is_one_row_and_one_answer(
    here: Here, bilal: TelegramUser
) -> None:
    update = await bilal.send("hulp")
    await bilal.wait(3, SOON)
    for _ in range(2):
        here.telegram_server.resend(update)
    await here.all_taken()
    assert (await here.inbox()).count("hulp") == 1
    assert len(bilal.received) == 3


async def test_numbers_of_updates_may_start_anew_after_a_quiet_week(
    here: Here, bilal: TelegramUser
) -> None:
    first = await bilal.send("hulp")
    await bilal.wait(3, SOON)
    await here.all_taken()
    here.telegram_server.now = lambda: datetime.now(UTC) + timedelta(days=8)
    here.telegram_server.updates.next_id = first
    assert await bilal.send("2") == first
    await bilal.wait(4, SOON)
    assert (await here.inbox())[-2:] == ["hulp", "2"]


async def test_a_group_is_not_listened_to(here: Here, bilal: TelegramUser) -> None:
    before = await here.inbox()
    group = here.telegram_server.group("Familie", bilal)
    await group.send(bilal, "/start@nazorg_test_bot")
    await group.send(bilal, "@nazorg_test_bot ik kan de huur niet betalen")
    await here.all_taken()
    assert group.received == []
    assert await here.inbox() == before


@pytest.mark.parametrize("what", ["photo", "sticker", "voice"])
async def test_what_we_cannot_read_is_answered_and_not_kept(
    here: Here, bilal: TelegramUser, what: str
) -> None:
    await getattr(bilal, what)()
    await bilal.wait(3, SOON)
    assert "wil je het typen" in bilal.received[-1].text.casefold()
    assert (await here.inbox())[-1] == "[bijlage]"


async def test_danger_in_the_words_below_a_photo_is_seen(here: Here, bilal: TelegramUser) -> None:
    await bilal.photo("ik wil niet meer leven")
    await bilal.wait(3, SOON)
    assert "113" in bilal.received[-1].text


async def test_the_longest_message_is_kept_whole(here: Here, bilal: TelegramUser) -> None:
    text = ("mijn verhaal is lang " * 200)[:4000].strip()
    await bilal.send(text)
    await bilal.wait(3, SOON)
    assert (await here.inbox())[-1] == text


async def test_an_edited_message_is_not_a_new_one(here: Here, bilal: TelegramUser) -> None:
    await bilal.send("hulp")
    await bilal.wait(3, SOON)
    await bilal.edit("hulp graag")
    await here.all_taken()
    assert len(bilal.received) == 3


# Buttons.


async def test_a_pressed_button_is_acknowledged_and_kept(here: Here, bilal: TelegramUser) -> None:
    await bilal.send("hulp")
    await bilal.wait(3, SOON)
    await bilal.press("geld of schulden")
    await bilal.wait(4, SOON)
    await here.all_taken()
    assert all(query.answered for query in bilal.queries)
    assert (await here.inbox())[-1] == "[money]"


async def test_a_button_pressed_twice_counts_once(here: Here, bilal: TelegramUser) -> None:
    await bilal.send("hulp")
    await bilal.wait(3, SOON)
    question = bilal.received[-1]
    for _ in range(2):
        await bilal.press("geld of schulden", question)
    await here.all_taken()
    assert len(bilal.received) == 4
    assert len(await calls(here.service)) == 1


async def test_a_press_that_can_no_longer_be_acknowledged_still_counts(
    here: Here, bilal: TelegramUser
) -> None:
    here.telegram_server.callback_lifetime = timedelta(seconds=-1)
    await bilal.send("hulp")
    await bilal.wait(3, SOON)
    await bilal.press("geld of schulden")
    await bilal.wait(4, SOON)
    assert not bilal.queries[-1].answered


async def test_the_old_button_of_the_invitation_changes_nothing(
    here: Here, bilal: TelegramUser
) -> None:
    await bilal.press("nee", bilal.received[0])
    await here.all_taken()
    assert (await here.track()).standing is Standing.ACTIVE
    assert len(bilal.received) == 2
