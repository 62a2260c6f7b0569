"""What people say to the bot about the bot, as a whole message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.understanding import answers
from conversations.understanding.stopping import is_stop
from conversations.wishes import LONGEST_PAUSE, Change, Pause, Remark, Speak, Wish, wish_in
from conversations.words import Form


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("volgende maand weer", Pause(30)),
        ("Volgende week.", Pause(7)),
        ("over 2 weken graag", Pause(14)),
        ("over drie weken", Pause(21)),
        ("in two weeks please", Pause(14)),
        ("over 10 dagen", Pause(10)),
        ("over 400 dagen", Pause(LONGEST_PAUSE)),
        ("nu even niet", Pause(7)),
        ("liever Engels", Speak("en")),
        ("kan het in het Arabisch", Speak("ar")),
        ("English please", Speak("en")),
        ("po polsku", Speak("pl")),
        ("Українською", Speak("uk")),
        ("ትግርኛ", Speak("ti")),
        ("andere taal", Speak(None)),
        ("ik spreek geen Nederlands", Speak(None)),
        ("Ik meld me zelf wel", Change(Form.PASSIVE)),
        ("vraag het me weer", Change(Form.ACTIVE)),
        ("Hoi!", Remark.GREETING),
        ("wie is dit?", Remark.GREETING),
        ("ben je een robot?", Remark.GREETING),
        ("السلام عليكم", Remark.GREETING),
        ("kutbot", Remark.ABUSE),
        ("verkeerd nummer", Remark.WRONG_PERSON),
        ("ik ben Amina niet", Remark.WRONG_PERSON),
        ("zły numer", Remark.WRONG_PERSON),
    ],
)
def test_a_wish_is_heard(text: str, wish: Wish) -> None:
    assert wish_in(text, "Amina") == wish


@pytest.mark.parametrize(
    "text",
    [
        "volgende maand weer mijn huur niet betalen",
        "ik wil Nederlands leren",
        "Nederlands leren",
        "mijn baas is een klootzak, hij betaalt niet",
        "over 2 weken stopt mijn contract",
        "ik ben ziek",
        "nee",
        "1",
        "hulp",
        "",
        "later was het beter",
        "ik ben Amina",
    ],
)
def test_what_only_looks_like_a_wish_is_none(text: str) -> None:
    assert wish_in(text, "Amina") is None


@given(st.text(max_size=60))
def test_any_text_is_read_and_what_is_an_answer_or_a_stop_is_no_wish(text: str) -> None:
    wish = wish_in(text, "Amina")
    if is_stop(text) or answers.is_call(text) or answers.is_thanks(text):
        assert wish is None
