"""What a call for help can be about, whose words those are, and how clients choose."""

from conversations.words import Answer, Side, Topic

ANSWERS = (Answer.GOOD, Answer.SO_SO, Answer.NOT_GOOD, Answer.JOB_LOST)
"""How is it going at work? In the order of the digits 1-4."""

MENU = (Topic.WORK, Topic.MONEY, Topic.HOME, Topic.HEALTH, Topic.LETTERS, Topic.OTHER)
"""What is it about? In the order of the digits 1-6."""

_WORK = frozenset({Topic.WORK, Topic.JOB_LOST})


def side_of(topic: Topic) -> Side:
    """Which party may read what is said about `topic` (rule 8).

    Debts, home and health are the municipality's; so is all of which the subject is unknown,
    because it may be about them.
    """
    return Side.WORK if topic in _WORK else Side.MUNICIPALITY
