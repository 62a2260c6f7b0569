"""Everybody may stop, in their own words; and a sentence with "stop" in it is not that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.understanding.stopping import (
    PROVIDER_KEYWORDS,
    goes_on,
    is_provider_keyword,
    is_stop,
)


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop",
        "Stop.",
        "stop!!!",
        " stop ",
        "Stop. Thank you",  # learning-circles#593
        "stop aub",
        "stop a.u.b.",
        "Stop alsjeblieft, bedankt",
        "ja stop maar",
        "stoppen",
        "Ik wil stoppen",
        "Ik stop ermee.",
        "ik wil geen berichten meer",
        "Laat me met rust!",
        "uitschrijven graag",
        "zet mij van de lijst",
        "Graag beëindigen.",
        "please stop",
        "Stop texting me",
        "beni listeden çıkarın",
        "nie chcę już brać udziału",
        "يكفي رسائل",
        "no more messages",
    ],
)
def test_the_wish_to_stop_is_seen(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize("text", sorted(PROVIDER_KEYWORDS))
def test_every_word_that_the_provider_takes_for_a_stop_is_one_for_us(text: str) -> None:
    assert is_stop(text.upper())
    assert is_provider_keyword(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "STOP 12345",  # cht-core#476
        "we have to STOP this bill",  # Spoke#1016
        "mijn contract stopt in mei",
        "ik stop bij de bakker in april",
        "wanneer stopt mijn uitkering?",
        "ik wil stoppen met roken",
        "stop ik met werken dan verlies ik geld",
        "non-stop aan het werk",
        "bushalte stop",
        "ik wil niet stoppen",
        "niet stoppen",
        "the end of my contract",
        "nee",
        "nee bedankt",
        "1",
        "weekend",
    ],
)
def test_a_sentence_with_stop_in_it_is_not_the_wish_to_stop(text: str) -> None:
    assert not is_stop(text)


@given(st.text(max_size=80))
def test_any_text_is_read_without_failing(text: str) -> None:
    if is_provider_keyword(text):
        assert is_stop(text)  # what the provider has confirmed must never go on here


@given(st.sampled_from(["stop", "uitschrijven", "ik stop ermee"]), st.data())
def test_capitals_and_punctuation_do_not_keep_anybody_in(word: str, data: st.DataObject) -> None:
    cased = "".join(data.draw(st.sampled_from([one, one.upper()])) for one in word)
    assert is_stop(
        cased + data.draw(st.sampled_from(["", ".", "!", " !!", "\n", " aub", " graag"]))
    )


@pytest.mark.parametrize(
    "text",
    [
        "ik wil toch meedoen",
        "nee niet stoppen hoor",
        "i want to join after all",
        "jednak chcę brać udział",
        "хочу все-таки брати участь",
        "بدي أرجع أشارك",
        "durmayın, seviyorum",
        "ክሳተፍ እደሊ",
        "bu işi bırakmak istiyorum",
        "хочу покинути цю роботу",
    ],
)
def test_going_on_is_not_taken_for_stopping(text: str) -> None:
    assert goes_on(text)
    assert not is_stop(text)


@pytest.mark.parametrize("text", ["nie chcę brać udziału", "i don't want to join", "ما بدي أشارك"])
def test_not_going_on_is_not_taken_for_going_on(text: str) -> None:
    assert not goes_on(text)
