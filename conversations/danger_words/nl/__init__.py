"""Dutch."""

from conversations.danger_words.nl.emergency import EMERGENCY
from conversations.danger_words.nl.figures import FIGURES
from conversations.danger_words.nl.suicide import SUICIDE
from conversations.danger_words.nl.violence import VIOLENCE

__all__ = ["EMERGENCY", "FIGURES", "SUICIDE", "VIOLENCE"]
