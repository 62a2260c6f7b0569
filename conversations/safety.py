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


_FIGURES_OF_SPEECH = re.compile(
    r"\b(doodmoe|(?:ben|voel me|helemaal|echt) (?:zo )?dood ?op|doodziek van|doodnormaal|doodsaai|dood ?gewoon|lach me dood"
    r"|lachen me dood|schrik me dood|erger me dood|dead tired|bored to death"
    r"|(?:ik )?wil(?: echt)? niet dood(?: hoor)?|(?:ik )?wil niet sterven"
    r"|i do ?n.?t want to die)\b"
)
_SIGNS: tuple[tuple[DangerKind, re.Pattern[str]], ...] = (
    (
        DangerKind.SUICIDE,
        re.compile(
            r"\b(zelfmoord\w*|zelfdoding|suicid\w*|kill myself|end my life|want to die"
            r"|do ?n.?t want to live|(?:me|mezelf|mijzelf) (?:van kant|ophangen|iets aan ?doen)"
            r"|(?:maak|maken|einde aan) (?:er )?(?:een )?(?:eind|einde)?(?: aan)? (?:mijn|me|mn) leven"
            r"|een eind(?:e)? (?:aan )?(?:mijn|m.?n|me) leven|er een eind(?:e)? aan maken"
            r"|niet meer (?:willen |wil )?(?:leven|verder leven|wakker worden)"
            r"|wil(?: echt| liever| gewoon| nu)? dood|dood willen|liever dood|was ik maar dood"
            r"|(?:geen|niet) zin (?:meer )?in (?:het |mijn )?leven|leven (?:heeft|hoeft) (?:voor mij )?"
            r"(?:geen zin meer|niet meer)|hoeft (?:voor mij |van mij )?niet meer te leven"
            r"|iedereen beter af zonder mij|better off without me|voor de trein (?:springen|spring))\b"
        ),
    ),
    (
        DangerKind.EMERGENCY,
        re.compile(
            r"\b(hartaanval|heart attack|beroerte|bewusteloos|ademt niet|kan niet ademen"
            r"|can.?t breathe|ambulance|bloedt heel erg|pillen (?:geslikt|ingenomen)|overdosis"
            r"|overdose|brand in (?:huis|mijn huis)|huis staat in brand)\b"
        ),
    ),
    (
        DangerKind.VIOLENCE,
        re.compile(
            r"\b((?:slaat|sloeg|mishandelt|mishandeld|wurgt|schopt|bedreigt|stalkt) (?:mij|me|ons"
            r"|mijn kind\w*|de kinderen)|(?:word|ben|werd) (?:ik )?(?:thuis )?(?:geslagen|mishandeld"
            r"|verkracht|bedreigd|gestalkt)|huiselijk geweld|vermoord\w*|verkracht\w*"
            r"|(?:he|she|my husband|my partner) (?:hits|beats|threatens) (?:me|us)"
            r"|met een mes|ik ben (?:niet veilig|onveilig) thuis|domestic violence)\b"
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
