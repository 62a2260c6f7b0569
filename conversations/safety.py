"""Danger is seen first, in every state and in every language that we have words for (rule 5).

A miss costs more than a false alarm: a sentence that may mean danger counts as danger, except
for the figures of speech named here. It answers three questions only: is there danger, of which
kind, and which fixed reply belongs to it.
"""

import re
import unicodedata
from enum import StrEnum

from conversations.understanding.answers import plain


class DangerKind(StrEnum):
    """Which fixed reply is given."""

    SUICIDE = "suicide"
    VIOLENCE = "violence"
    EMERGENCY = "emergency"


def _any_of(*ways: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(ways)})\b")


_ME = r"(?:mij|me|ons|(?:mijn|m'n|mn|me) kind\w*|de kinderen)"
_HURT = r"(?:geslagen|mishandeld|geschopt|bedreigd|verkracht|gewurgd|gestalkt)"
_HEIGHT = r"(?:de trein|een trein|het dak|een dak|de flat|een flat|de brug|een brug)"

_FIGURES_OF_SPEECH = _any_of(
    r"doodmoe|doodnormaal|doodsaai|dood ?gewoon|doodziek van",
    r"(?:ben|voel me|helemaal|echt) (?:zo )?dood ?op",
    r"(?:lach|lachen|schrik|erger) me dood",
    r"wil(?: echt)? niet (?:dood|sterven)",
    r"dead tired|bored to death|do ?n.?t want to die",
)
_SIGNS = (
    (
        DangerKind.SUICIDE,
        _any_of(
            r"zelf ?moord\w*|zelf ?dod\w+|suicid\w*",
            r"(?:me|mezelf|mijzelf) (?:van kant|ophangen|iets aan ?doen)",
            r"een einde? (?:aan )?(?:mijn|m.?n|me) leven|er een einde? aan maken",
            r"maak er (?:een )?einde? aan",
            r"niet (?:meer|langer) (?:willen |wil )?(?:leven|verder leven|wakker worden)",
            r"hoeft (?:voor mij |van mij )?niet meer te leven",
            r"wil(?: (?!niet\b)\w+){0,3} dood(?:gaan)?|dood ?willen",
            r"liever dood|was ik maar dood|(?:geen|niet) zin (?:meer )?in (?:het |mijn )?leven",
            r"leven (?:heeft|hoeft) (?:voor mij )?(?:geen zin meer|niet meer)",
            r"iedereen (?:is )?beter af zonder mij|better off without me",
            rf"(?:voor|van) {_HEIGHT} spring\w*|spring\w* (?:voor|van) {_HEIGHT}",
            r"kill myself|end my life|want to die|do ?n.?t want to live",
        ),
    ),
    (
        DangerKind.EMERGENCY,
        _any_of(
            r"hartaanval|beroerte|bewusteloos|ademt niet|kan niet ademen|ambulance",
            r"bloedt heel erg|pillen (?:geslikt|ingenomen)|overdosis",
            r"brand in (?:huis|mijn huis)|huis staat in brand",
            r"heart attack|can.?t breathe|overdose",
        ),
    ),
    (
        DangerKind.VIOLENCE,
        _any_of(
            rf"(?:sla|slaat|slaan|sloeg|mishandel\w+|wurg\w*|schop\w*|bedreig\w*|stalk\w*) {_ME}",
            rf"(?:heeft|heb|hebben) {_ME} {_HURT}",
            rf"(?:word|ben|werd) (?:ik )?(?:thuis )?{_HURT}",
            r"huiselijk geweld|vermoord\w*|verkracht\w*|met een mes",
            r"ben (?:niet veilig|onveilig) thuis|ben thuis (?:niet veilig|onveilig)",
            r"(?:he|she|my husband|my partner) (?:hits|beats|threatens) (?:me|us)",
            r"domestic violence",
        ),
    ),
)


def danger_in(text: str) -> DangerKind | None:
    """The kind of danger that `text` speaks of, the gravest first, or None."""
    words = _FIGURES_OF_SPEECH.sub(" ", plain(_bare(text)))
    return next((kind for kind, signs in _SIGNS if signs.search(words)), None)


def _bare(text: str) -> str:
    """Without accents and invisible characters: "suïcide" and "wil écht dood" are found too."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(one for one in decomposed if unicodedata.category(one) not in ("Mn", "Cf"))
