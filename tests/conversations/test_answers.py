"""What is taken for an answer, and what must not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.topics import ANSWERS, MENU
from conversations.understanding import answers
from conversations.words import Answer, Topic


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", Answer.GOOD),
        ("2", Answer.SO_SO),
        ("3", Answer.NOT_GOOD),
        ("4", Answer.JOB_LOST),
        (" 3 ", Answer.NOT_GOOD),
        ("3.", Answer.NOT_GOOD),
        ("(3)", Answer.NOT_GOOD),
        ("3!", Answer.NOT_GOOD),
        ("optie 3", Answer.NOT_GOOD),
        ("Nummer 3", Answer.NOT_GOOD),
        ("3\ufe0f\u20e3", Answer.NOT_GOOD),  # the digit on a key, from the emoji keyboard
        ("\u0663", Answer.NOT_GOOD),  # Arabic three
        ("\uff13", Answer.NOT_GOOD),  # full-width three
        ("goed", Answer.GOOD),
        ("GOED", Answer.GOOD),
        ("Goed.", Answer.GOOD),
        ("gaat  wel", Answer.SO_SO),
        ("Niet goed", Answer.NOT_GOOD),
        ("niet\ngoed", Answer.NOT_GOOD),
        ("3 niet goed", Answer.NOT_GOOD),
        ("3. Niet goed!", Answer.NOT_GOOD),
        ("ik werk niet meer", Answer.JOB_LOST),
        ("Ik ben ontslagen", Answer.JOB_LOST),
        ("good", Answer.GOOD),
        ("I don\u2019t work anymore", Answer.JOB_LOST),
    ],
)
def test_a_digit_or_the_words_of_the_choice_is_the_answer(text: str, expected: Answer) -> None:
    assert answers.check_in_answer(text, ANSWERS) is expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "?",
        "0",
        "5",
        "12",
        "33",
        "1 of 2",
        "3 4",
        "1 niet goed",  # digit and words disagree
        "4 goed",
        "3 kinderen thuis",
        "goed, maar ik kan de huur niet betalen",
        "niet slecht",
        "het gaat goed met mijn zoon",
        "vandaag om 3 uur",
        "ik begin om 1",
        "stop",
        "ja",
        "nee",
        "dank je",
        "\U0001f44d",
        "1e week was leuk",
        "06 00 12 34 56",
        "ik ben bijna ontslagen",
    ],
)
def test_what_is_no_answer_is_never_guessed(text: str) -> None:
    assert answers.check_in_answer(text, ANSWERS) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", Topic.WORK),
        ("2", Topic.MONEY),
        ("6", Topic.OTHER),
        ("geld of schulden", Topic.MONEY),
        ("Schulden!", Topic.MONEY),
        ("2 geld", Topic.MONEY),
        ("de huur", Topic.MONEY),
        ("thuis", Topic.HOME),
        ("Digid", Topic.LETTERS),
        ("iets anders", Topic.OTHER),
    ],
)
def test_a_topic_is_chosen_by_digit_or_words(text: str, expected: Topic) -> None:
    assert answers.topics(text, MENU) == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 en 3", (Topic.WORK, Topic.HOME)),
        ("2, 5", (Topic.MONEY, Topic.LETTERS)),
        ("optie 2 en 4", (Topic.MONEY, Topic.HEALTH)),
        ("١ و ٣", (Topic.WORK, Topic.HOME)),
        ("geld en thuis", (Topic.MONEY, Topic.HOME)),
        ("3 1 3", (Topic.HOME, Topic.WORK)),
    ],
)
def test_several_topics_may_be_chosen_at_once(text: str, expected: tuple[Topic, ...]) -> None:
    assert answers.topics(text, MENU) == expected


def test_of_several_answers_the_gravest_counts_when_they_are_joined() -> None:
    assert answers.check_in_answer("1 en 3", ANSWERS) is Answer.NOT_GOOD
    assert answers.check_in_answer("1 and 4", ANSWERS) is Answer.JOB_LOST


@pytest.mark.parametrize(
    "text",
    ["2", "2.", "(2)", "twee", "Twee!", "optie 2", "nr. 2", "keuze twee", "de tweede", "two",
     "option 2", "٢", "۲", "2\ufe0f\u20e3", "②", "፪", "اثنين", "ክልተ", "iki", "دو", "laba", "два",
     "dwa", "numara 2", "варіант 2"],
)  # fmt: skip
def test_a_cipher_in_any_script_and_spelling(text: str) -> None:
    assert answers.digits(text, 6) == (2,)


@pytest.mark.parametrize(
    "text", ["12", "1,3", "3.000", "-1", "+31", "20 euro", "€ 2", "2e", "2 kg"]
)
def test_an_amount_is_no_cipher(text: str) -> None:
    assert answers.digits(text, 6) == ()


@pytest.mark.parametrize(
    ("yes", "no"),
    [("ja", "nee"), ("Yes", "No thanks"), ("نَعَم", "لا"), ("እወ", "ኣይፋልን"), ("EVET", "HAYIR"),
     ("evet", "hayır"), ("بله", "نه"), ("haa", "maya"), ("Так!", "ні"), ("tak", "nie dziękuję")],
)  # fmt: skip
def test_yes_and_no_in_nine_languages(yes: str, no: str) -> None:
    assert answers.yes_or_no(yes) is True
    assert answers.yes_or_no(no) is False


@pytest.mark.parametrize(
    "text", ["مساعدة", "ሓገዝ", "yardım", "کمک", "caawimaad", "допомога", "pomocy"]
)
def test_the_word_for_help_in_the_other_languages(text: str) -> None:
    assert answers.is_call(text)


@pytest.mark.parametrize("text", ["7", "0", "2 werk", "geld of thuis", "ik wil weg", "hulp"])
def test_what_names_no_single_topic_is_not_guessed(text: str) -> None:
    assert answers.topics(text, MENU) == ()


@pytest.mark.parametrize("text", ["ja", "JA", "Ja!", "ja graag", "jazeker", "ok", "Oké", "prima"])
def test_yes_in_the_ways_people_say_it(text: str) -> None:
    assert answers.yes_or_no(text) is True


@pytest.mark.parametrize("text", ["nee", "NEE.", "nee bedankt", "liever niet", "No thanks", "neen"])
def test_no_in_the_ways_people_say_it(text: str) -> None:
    assert answers.yes_or_no(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "ja maar wie zijn jullie",
        "ja, maar...",
        "nee ja",
        "ja of nee",
        "misschien",
        "wie is dit?",
        "1",
        "januari",
        "neef",
        "",
        "ja als ik dan geen gedoe krijg",
    ],
)
def test_a_doubt_is_no_consent_and_no_refusal(text: str) -> None:
    assert answers.yes_or_no(text) is None


@pytest.mark.parametrize("text", ["hulp", "HULP!", "Help", "ik heb hulp nodig", "graag hulp"])
def test_the_word_for_help_is_a_call(text: str) -> None:
    assert answers.is_call(text)


@pytest.mark.parametrize("text", ["dank je wel", "Bedankt!", "thanks", "doei"])
def test_thanks_is_only_thanks(text: str) -> None:
    assert answers.is_thanks(text)
    assert not answers.is_call(text)


@pytest.mark.parametrize(
    "text", ["bedankt, maar ik heb nog een vraag", "dank je, de huur lukt niet"]
)
def test_thanks_with_a_problem_is_not_only_thanks(text: str) -> None:
    assert not answers.is_thanks(text)


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing_and_choices_exclude_each_other(text: str) -> None:
    answer, topics = answers.check_in_answer(text, ANSWERS), answers.topics(text, MENU)
    assert answer is None or answer in ANSWERS
    assert set(topics) <= set(MENU)
    assert len(set(topics)) == len(topics)
    if answers.is_call(text):
        assert answer is None
        assert topics == ()
        assert answers.yes_or_no(text) is None


@given(
    st.integers(min_value=0, max_value=9), st.sampled_from(["{}", " {} ", "{}.", "({})", "{}\n"])
)
def test_a_digit_counts_only_when_there_is_such_a_choice(number: int, form: str) -> None:
    chosen = answers.digit(form.format(number), len(ANSWERS))
    assert chosen == (number if 1 <= number <= len(ANSWERS) else None)


@given(st.sampled_from(sorted({"ja", "nee", "goed", "hulp", "geld", "niet goed"})), st.data())
def test_capitals_and_punctuation_change_nothing(word: str, data: st.DataObject) -> None:
    cased = "".join(data.draw(st.sampled_from([one, one.upper()])) for one in word)
    dressed = cased + data.draw(st.sampled_from(["", "!", ".", "!!", " ", "...", " \U0001f600"]))
    assert answers.plain(dressed) == word
