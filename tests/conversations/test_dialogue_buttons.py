"""Buttons that are old, pressed twice, or a second of the same list; answers that cross."""

import pytest

from conversations import dialogue
from conversations.dialogue import respond
from conversations.phrases import Phrase
from conversations.turns import (
    CheckInAnswered,
    HelpAsked,
    Press,
    Silence,
    State,
    Text,
    Waiting,
)
from conversations.words import Answer, Topic, Urgency
from tests.conversations.talking import ACTIVE, after, after_check_in, said


@pytest.mark.parametrize("answer", [Answer.GOOD, Answer.SO_SO, Answer.JOB_LOST, Answer.NOT_GOOD])
def test_the_same_button_twice_is_answered_once(answer: Answer) -> None:
    first = after(Press(2, answer))
    again = respond(first.state, Press(2, answer), ACTIVE)
    assert (again.says, again.events) == ((), ())
    assert again.state == first.state


def test_the_button_of_last_weeks_question_answers_that_question() -> None:
    later = dialogue.check_in(after(Silence()).state).state
    turn = respond(later, Press(2, "so_so"), ACTIVE)
    assert CheckInAnswered(Answer.SO_SO, question=2, late=True) in turn.events


def test_a_bad_answer_to_last_weeks_question_still_asks_what_it_is_about() -> None:
    later = dialogue.check_in(after(Silence()).state).state
    assert said(respond(later, Press(2, "not_good"), ACTIVE)) == [Phrase.WHAT_ABOUT]


def test_a_second_topic_of_the_same_list_is_a_second_call_with_its_own_promise() -> None:
    turn = after(Press(2, "not_good"), Press(3, "money"), Press(3, "health"))
    assert turn.events == (HelpAsked(Topic.HEALTH),)
    assert turn.says[0].promise is Topic.HEALTH


def test_the_same_topic_pressed_twice_is_one_call() -> None:
    turn = after(Press(2, "not_good"), Press(3, "money"), Press(3, "money"))
    assert (turn.says, turn.events) == ((), ())


def test_an_old_button_does_not_take_back_a_call_for_help_that_is_being_told() -> None:
    """The list of topics is open; last week's "good" answers last week's question only."""
    told = after(Silence(), start=after_check_in()).state
    asked = respond(dialogue.check_in(told).state, Text("3"), ACTIVE).state
    turn = respond(asked, Press(2, "good"), ACTIVE)
    assert turn.state.waiting is Waiting.TOPIC


@pytest.mark.parametrize("press", [Press(2, "good"), Press(2, "so_so")])
def test_whoever_named_a_topic_hears_the_promise_whatever_button_follows(press: Press) -> None:
    turn = after(Press(2, "not_good"), Press(3, "money"))
    promises = []
    for one in (press, Silence(), Silence()):
        turn = respond(turn.state, one, ACTIVE)
        promises += [say.promise for say in turn.says if say.promise]
    assert promises == [Topic.MONEY], "who will be in touch is said, once"


def test_of_two_answers_that_crossed_the_graver_stands() -> None:
    good_first = after(Text("1"), Text("3", too_early=True))
    assert said(good_first) == [Phrase.WHAT_ABOUT]
    bad_first = after(Text("3"))
    crossed = respond(bad_first.state, Text("1", too_early=True), ACTIVE)
    assert crossed.state == bad_first.state
    assert crossed.events == ()


def test_a_digit_typed_before_the_list_arrived_is_not_a_topic_from_it() -> None:
    """Both sent at once: "3" and then "4" mean the check-in, not "health" on a list unseen."""
    crossed = respond(after(Text("3")).state, Text("4", too_early=True), ACTIVE)
    assert HelpAsked(Topic.HEALTH) not in crossed.events
    assert HelpAsked(Topic.JOB_LOST, Urgency.URGENT) in crossed.events


@pytest.mark.parametrize("value", ["", "nonsense", "yes", "no", "danger", "job_lost_"])
@pytest.mark.parametrize("waiting", list(Waiting))
def test_a_button_that_we_never_made_does_nothing(waiting: Waiting, value: str) -> None:
    state = State(waiting, question=3, check_in=2)
    turn = respond(state, Press(9, value), ACTIVE)
    assert (turn.state, turn.says, turn.events) == (state, (), ())
