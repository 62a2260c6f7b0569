"""Danger and the wish to stop, said outright, are seen by words alone in each of nine languages."""

import pytest

from conversations.safety import DangerKind, danger_in
from conversations.understanding.stopping import is_stop

DANGER = [
    ("ik wl dood", DangerKind.SUICIDE),
    ("hij knijpt mijn keel dicht", DangerKind.VIOLENCE),
    ("mijn vinger is eraf", DangerKind.EMERGENCY),
    ("I'm going to end my life", DangerKind.SUICIDE),
    ("he threatened my kids", DangerKind.VIOLENCE),
    ("ölmek istiyorum", DangerKind.SUICIDE),
    ("OLMEK ISTIYORUM", DangerKind.SUICIDE),
    ("kocam beni dövüyor", DangerKind.VIOLENCE),
    ("kalp krizi geçiriyor", DangerKind.EMERGENCY),
    ("nie chce mi się żyć", DangerKind.SUICIDE),
    ("nie chce mi sie zyc", DangerKind.SUICIDE),
    ("mąż mnie bije", DangerKind.VIOLENCE),
    ("tata jest nieprzytomny", DangerKind.EMERGENCY),
    ("не хочу жити", DangerKind.SUICIDE),
    ("чоловік мене б'є", DangerKind.VIOLENCE),
    ("він не дихає", DangerKind.EMERGENCY),
    ("أريد أن أموت", DangerKind.SUICIDE),
    ("زوجي يضربني", DangerKind.VIOLENCE),
    ("عنده نوبة قلبية", DangerKind.EMERGENCY),
    ("می‌خواهم بمیرم", DangerKind.SUICIDE),
    ("شوهرم منو کتک می‌زنه", DangerKind.VIOLENCE),
    ("پدرم بیهوش شده", DangerKind.EMERGENCY),
    ("waxaan rabaa inaan dhinto", DangerKind.SUICIDE),
    ("ninkaygu wuu i garaacaa", DangerKind.VIOLENCE),
    ("aabahay wuu suuxday", DangerKind.EMERGENCY),
    ("ክመውት እደሊ", DangerKind.SUICIDE),
    ("ሰብኣየይ ይወቅዓኒ", DangerKind.VIOLENCE),
    ("ኣምቡላንስ ጸውዑ", DangerKind.EMERGENCY),
]


@pytest.mark.parametrize(("text", "kind"), DANGER)
def test_danger_said_outright_is_seen(text: str, kind: DangerKind) -> None:
    assert danger_in(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "bel je want met die drukte kom ik er niet uit",  # "want to die" it is not
        "mijn telefoon is dood",
        "vorig jaar had hij een beroerte",
        "de chef sloeg me op mijn schouder, goed gedaan",
        "de deadline is moordend",
        "this job is killing me",
        "yorgunluktan öldüm",
        "ölmek istemiyorum",
        "umieram ze śmiechu",
        "nie chcę umierać",
        "вмираю зі сміху",
        "ميت من الجوع",
        "از خنده مردم",
        "ma rabo inaan dhinto",
        "ክመውት ኣይደልን",
    ],
)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    assert danger_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Stuur mij geen berichten meer",
        "kunnen jullie mij uitschrijven aub",
        "take me off your list, please",
        "Bana mesaj atmayın lütfen",
        "proszę nie pisać więcej",
        "не пишіть мені більше",
        "хочу отписаться",
        "لا ترسلوا لي رسائل",
        "دیگه پیام ندید",
        "fariimaha jooji fadlan",
        "መልእኽቲ ኣይደልን",
    ],
)
def test_the_wish_to_stop_is_seen(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "we moeten vandaag eerder stoppen",
        "geen vragen",
        "mijn baas stuurt geen berichten meer",
        "we stop at five",
        "bugün erken durduk",
        "szef nie chce pisać",
        "начальник більше не пише",
        "توقف الباص",
        "اتوبوس توقف کرد",
        "shaqadii waan joojiyay",
        "ስራሕ ጠጠው ኣቢልና",
    ],
)
def test_a_sentence_about_something_else_that_stops_is_not(text: str) -> None:
    assert not is_stop(text)
