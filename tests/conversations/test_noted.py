"""What is kept beside a message of what was understood."""

import pytest

from conversations.hearing import hear, note
from conversations.understanding.labels import DANGER_OF, TOPIC_OF, Label, Mood
from conversations.words import Topic


@pytest.mark.parametrize("text", ["1", "ja", "goed", "bedankt", "geld", "3️⃣", "", "...", "نعم"])
def test_a_bare_answer_means_what_the_question_says(text: str) -> None:
    assert note(text, "nl") is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("ik wil dood", Label.SUICIDE),
        ("ik wil niks meer met jullie te maken hebben, stop met berichten sturen", Label.STOP),
        ("ik krijg mijn loon niet betaald van mijn baas", Label.PAY),
        ("morgen komt de deurwaarder ons uit huis zetten", Label.HOUSING),
    ],
)
def test_the_label_is_what_is_acted_upon(text: str, label: Label) -> None:
    noted = note(text, "nl")
    assert noted
    assert noted.sure
    if label is Label.HOUSING:
        assert TOPIC_OF[noted.label] in hear(text, "nl").topics
        assert noted.urgent
    else:
        assert noted.label is label
    assert noted.language in ("nl", "")
    assert (noted.mood is Mood.LOW) or noted.label not in DANGER_OF


def test_two_problems_are_two_labels() -> None:
    noted = note("ik ben ontslagen door mijn baas en ik kan de huur niet meer betalen", "nl")
    assert noted
    assert noted.also
    assert {TOPIC_OF[noted.label], TOPIC_OF[noted.also]} == {Topic.JOB_LOST, Topic.MONEY}
