"""Danger is seen first (rule 5): the list, how people type it, and what only sounds like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.safety import DangerKind, danger_in

SIGNS = [
    ("Ik wil dood", DangerKind.SUICIDE),
    ("ik wil niet meer leven", DangerKind.SUICIDE),
    ("was ik maar dood", DangerKind.SUICIDE),
    ("ik denk aan zelfmoord", DangerKind.SUICIDE),
    ("Ik denk aan zelfdoding", DangerKind.SUICIDE),
    ("ik ga mezelf ophangen", DangerKind.SUICIDE),
    ("iedereen is beter af zonder mij", DangerKind.SUICIDE),
    ("het leven heeft geen zin meer", DangerKind.SUICIDE),
    ("I want to die", DangerKind.SUICIDE),
    ("i don\u2019t want to live anymore", DangerKind.SUICIDE),
    ("I will kill myself", DangerKind.SUICIDE),
    ("mijn man slaat mij", DangerKind.VIOLENCE),
    ("ik word thuis geslagen", DangerKind.VIOLENCE),
    ("hij bedreigt me met een mes", DangerKind.VIOLENCE),
    ("ik ben niet veilig thuis", DangerKind.VIOLENCE),
    ("hij slaat mijn kinderen", DangerKind.VIOLENCE),
    ("my husband hits me", DangerKind.VIOLENCE),
    ("ik heb pillen geslikt", DangerKind.EMERGENCY),
    ("ik denk dat ik een hartaanval heb", DangerKind.EMERGENCY),
    ("mijn zoon is bewusteloos", DangerKind.EMERGENCY),
    ("my father has a heart attack", DangerKind.EMERGENCY),
]


@pytest.mark.parametrize(("text", "kind"), SIGNS)
def test_danger_is_seen(text: str, kind: DangerKind) -> None:
    assert danger_in(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "IK WIL DOOD!!!",
        "ik  wil\n dood",
        "ik wil\u00a0dood",
        "ik wil... dood",
        "Ik wil dood. Echt.",
        "Goed hoor, maar soms wil ik liever dood",
        "1 maar ik wil dood",
        "STOP ik wil dood",
        "ik denk aan su\u00efcide",
        "ik denk aan sui\u0308cide",  # the same, as some keyboards send it
        "ik wil \u00e9cht dood",
        "mijn man sl\u00e1\u00e1t mij",
        "ik wil d\u00f3\u00f3d",
        "ik wil d\u200bood",  # with a character that nobody sees
        "zelf-moord",
        "ik wil doodgaan",
        "ik wil nog steeds dood",
        "ik wil eigenlijk dood",
        "ik wil zo graag dood",
    ],
)
def test_the_way_of_typing_does_not_hide_danger(text: str) -> None:
    assert danger_in(text) is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("het heeft allemaal geen zin meer", DangerKind.SUICIDE),
        ("ze zijn beter af zonder mij", DangerKind.SUICIDE),
        ("ik heb pillen klaarliggen", DangerKind.SUICIDE),
        ("mijn zus heeft een afscheidsbericht gestuurd", DangerKind.SUICIDE),
        ("hij slaat me", DangerKind.VIOLENCE),
        ("ik durf niet naar huis", DangerKind.VIOLENCE),
        ("hij zit te wachten, mijn man leest mee", DangerKind.VIOLENCE),
        ("mijn vader ademt niet goed", DangerKind.EMERGENCY),
        ("oma is gevallen en antwoordt niet", DangerKind.EMERGENCY),
        ("my kids would be better off without me", DangerKind.SUICIDE),
        ("i am hiding from him in the bathroom", DangerKind.VIOLENCE),
        ("حضرت الحبوب لليلة", DangerKind.SUICIDE),
        ("أبي ما عم يتنفس منيح", DangerKind.EMERGENCY),
        ("ካብ ድልድል ክዘልል እየ", DangerKind.SUICIDE),
        ("ናብ ገዛ ክኸይድ እፈርሕ", DangerKind.VIOLENCE),
        ("bensiz herkes daha mutlu", DangerKind.SUICIDE),
        ("نمی ذاره از خونه برم بیرون", DangerKind.VIOLENCE),
        ("hooyo way dhacday mana jawaabayso", DangerKind.EMERGENCY),
        ("приготувала таблетки", DangerKind.SUICIDE),
        ("boję się wrócić do domu", DangerKind.VIOLENCE),
    ],
)
def test_danger_said_sideways_is_seen(text: str, kind: DangerKind) -> None:
    assert danger_in(text) is kind


def test_letters_of_tigrinya_that_sound_alike_are_the_same() -> None:
    assert danger_in("ክመውት እደሊ") is danger_in("ክመውት ዕደሊ") is DangerKind.SUICIDE
    assert danger_in("ሰብኣየይ ይወቕዓኒ") is danger_in("ሠብአየይ ይወቕዐኒ") is DangerKind.VIOLENCE


@pytest.mark.parametrize(
    "text",
    [
        "vroeger sloeg mijn ex me, nu woon ik veilig",
        "ik sterf van de honger",
        "hij slaat de spijker op zijn kop",
        "het heeft geen zin om te bellen",
        "de chef dreigt met ontslag",
        "mijn medicijnen liggen klaar bij de apotheek",
        "he used to beat me, now i live alone and i am fine",
        "كان يضربني قبل وهلق عايشة لحالي",
        "eskiden beni döverdi şimdi iyiyim",
        "раніше він мене бив, тепер живу сама",
        "kiedyś mnie bił, teraz mieszkam sama",
        "nee niemand slaat mij hoor",
        "niemand heeft me geslagen, het was de kast",
        "mijn vrouw vermoordt me als ik te laat ben haha",
        "my wife will kill me if i forget the milk lol",
        "nobody hits me",
        "nikt mnie nie bije",
        "kimse bana vurmadı",
        "ніхто мене не б'є",
        "ما حدا ضربني",
        "کسی منو نزده",
    ],
)
def test_what_is_over_or_meant_otherwise_is_not_danger(text: str) -> None:
    assert danger_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ik ben doodmoe",
        "Ik ben dood op na die late dienst",
        "ik schrik me dood",
        "ik lach me dood",
        "doodsaai werk, verder goed",
        "dat is doodnormaal",
        "bored to death at work",
        "ik wil niet dood hoor",
        "Ik wil niet dood",
        "I don't want to die",
        "goed",
        "3",
        "mijn baas is streng",
        "de huur slaat nergens op",
        "mijn contract is dood",
        "ik vermoed dat het goed komt",
        "",
    ],
)
def test_figures_of_speech_and_their_denial_are_not_danger(text: str) -> None:
    assert danger_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "ik ben doodmoe en ik wil dood",
        "ik wil niet dood maar ik wil ook niet meer leven",
        "ik schrik me dood, hij slaat me",
        "Ik wil dood, op sommige dagen",
        "ik wil dood. Op het werk gaat het niet",
        "hij vermoordt me als ik wegga",
        "he will kill me if i leave",
        "niemand weet dat hij mij slaat",
        "niemand weet hij slaat mij",
        "niemand helpt, hij slaat me",
        "nobody knows he beats me",
        "my husband beats me every night",
        "ما حدا يعرف ضربني زوجي",
        "nikt nie wie że mąż mnie bije",
    ],
)
def test_a_figure_of_speech_does_not_hide_the_danger_beside_it(text: str) -> None:
    assert danger_in(text) is not None


def test_the_gravest_danger_comes_first() -> None:
    assert danger_in("hij slaat me en ik wil dood") is DangerKind.SUICIDE


@given(
    st.sampled_from(SIGNS),
    st.text(alphabet="abc ,.!?\n", max_size=30),
    st.text(alphabet="abc ,.!?\n", max_size=30),
)
def test_danger_is_seen_wherever_it_stands_in_a_message(
    sign: tuple[str, DangerKind], before: str, after: str
) -> None:
    assert danger_in(f"{before}. {sign[0]} .{after}") is not None


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(text: str) -> None:
    assert danger_in(text) in (None, *DangerKind)
