"""What a client takes home on paper after the exit interview, by name; read aloud there as well.

The English text is the msgid in the catalogues, as in `conversations.phrases`. On paper a sentence
costs nothing, so these are not held to the length of an SMS. Words that a client may send (HELP,
STOP) are in each language that language's own.
"""

from enum import StrEnum

from conversations import numbers


class Leaf(StrEnum):
    """The name of a sentence of the leaflet."""

    TITLE = "leaflet_title"
    WHAT_HEADING = "leaflet_what_heading"
    WHAT = "leaflet_what"
    WHEN_HEADING = "leaflet_when_heading"
    WHEN = "leaflet_when"
    WHO_HEADING = "leaflet_who_heading"
    HELP = "leaflet_help"
    STOP_HEADING = "leaflet_stop_heading"
    STOP = "leaflet_stop"
    DATA_HEADING = "leaflet_data_heading"
    DATA = "leaflet_data"
    NUMBERS_HEADING = "leaflet_numbers_heading"
    EMERGENCY = "leaflet_emergency"
    SUICIDE = "leaflet_suicide"
    VIOLENCE = "leaflet_violence"
    SCAN = "leaflet_scan"


TEXT: dict[Leaf, str] = {
    Leaf.TITLE: "Congratulations on your new job!",
    Leaf.WHAT_HEADING: "What is aftercare?",
    Leaf.WHAT: (
        "Aftercare is an offer of your municipality. We stay in touch with you for half a year. If "
        "something is wrong, we look for help together. You do not have to take part."
    ),
    Leaf.WHEN_HEADING: "When do we write?",
    Leaf.WHEN: (
        "About six times in half a year we send a message: how are you doing? Never at night, on "
        "Sundays or on holidays. It is an automatic message, but people stand behind it."
    ),
    Leaf.WHO_HEADING: "Who is there for you?",
    Leaf.HELP: "Do you need help? Send HELP. Then a person contacts you.",
    Leaf.STOP_HEADING: "Do you want to stop?",
    Leaf.STOP: (
        "You can stop at any time: send STOP. You do not have to say why. It does you no harm."
    ),
    Leaf.DATA_HEADING: "What do we do with your data?",
    Leaf.DATA: (
        "We keep your name, your number and what you write, safely locked. Your work coach does "
        "not read what you write about money, home or health, unless you agree. You may ask what "
        "we know about you, and who read it."
    ),
    Leaf.NUMBERS_HEADING: "Phone numbers for help",
    Leaf.EMERGENCY: "Danger to life",
    Leaf.SUICIDE: "Do you think of suicide? Day and night, free",
    Leaf.VIOLENCE: "Violence at home. Day and night, free",
    Leaf.SCAN: "Scan this code with your phone. Then Telegram opens.",
}

NUMBERS = (
    (Leaf.EMERGENCY, numbers.EMERGENCY),
    (Leaf.SUICIDE, numbers.SUICIDE_PREVENTION),
    (Leaf.VIOLENCE, numbers.SAFE_HOME),
)
"""Whom to call, and for what."""
