"""The wish to stop. Everybody has the right to it, at any moment, in their own words.

Two mistakes of others bind us: a running question that takes STOP for an answer (rapidpro#519),
and a sentence with "stop" in it that is taken for one (Spoke#1016, cht-core#476: "STOP 12345").
So the words only count when they are the whole message; the model reads the rest.
"""

import re

from conversations.understanding.answers import plain
from conversations.understanding.features import bare, fold
from conversations.understanding.stop_words import ar, en, fa, nl, pl, so, ti, tr, uk

PROVIDER_KEYWORDS = frozenset(
    {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"}
)
"""What Twilio itself takes for an opt-out when it is the whole message: it answers, we do not."""

_LANGUAGES = (nl, en, tr, pl, so, uk, ar, fa, ti)
_WHOLE = re.compile(
    "|".join(fold(way) for language in _LANGUAGES for way in language.WHOLE_MESSAGES)
)
_POLITE = tuple(
    fold(word).replace("_", " ")
    for word in """alsjeblieft alstublieft alstublief aub a_u_b graag nu maar ja nee oke ok hallo
    hoi hey hi beste sorry bedankt dank_je dank_u dank_je_wel dank_u_wel dankjewel groet groetjes
    mvg dus gewoon please thank_you thanks now hello just lütfen teşekkürler sağolun merhaba proszę
    dziękuję hej dzięki будь_ласка дякую спасибо пожалуйста من_فضلك من_فضلكم شكرا لو_سمحت لو_سمحتم
    رجاء مرحبا السلام_عليكم لطفا ممنون مرسی سلام fadlan mahadsanid salaan በጃኹም በጃኻ የቐንየለይ
    ሰላም ብኽብረትኩም""".split()
)
_MOST_POLITE = 5
_GOES_ON = re.compile(
    "|".join(
        rf"\b(?:{fold(way)})"
        for way in (
            r"(?:toch|wel|weer|blijf|blijven) (?:graag )?(?:weer )?mee ?doen",
            r"doe (?:toch |wel |weer )+mee",
            r"niet stoppen|stop niet|ga door",
            r"don ?t stop|do not stop|keep going|keep (?:writing|texting)",
            r"(?<!not )(?<!nt )(?<!n't )want to (?:join|take part|participate)",
            r"(?<!ما )(?<!لا )(?:بدي|اريد) (?:ارجع )?(?:اشارك|المشاركة)|لا توقفوا",
            r"ክሳተፍ (?:እየ )?(?:እደሊ|ይደሊ|ዝደሊ)|ኣይተቋርጹ|ደው ኣይተብሉ",
            r"katılmak istiyorum|katılırım|durmayın|devam edin",
            r"(?:می ?خوام|می ?خواهم) (?:\w+ )?شرکت کنم|(?:قطع نکنید|ادامه بدید)",
            r"(?:rabaa|doonayaa) inaan ka qayb galo|ha joojin\w*|waan ka qayb galayaa",
            r"(?<!не )хочу (?:все таки |все ж )?брати участь|не (?:припиняйте|зупиняйтес)",
            r"(?<!nie )chcę (?:jednak )?brać udział\b|nie (?:przestawaj|przerywaj)",
            r"(?:deze baan|dit werk|this job|my job|bu işi|işimi|(?:цю|свою) роботу|tę pracę)\b",
            r"(?:هالشغل|هذا العمل|این کار|کارمو|shaqadan|ነዚ ስራሕ)",
        )
    )
)
"""The contrary, or stopping with a job: words that a model takes for the wish to stop."""


def is_stop(text: str) -> bool:
    """Whether the whole message says: stop, with at most some polite words around it."""
    words = plain(bare(text))
    for _ in range(_MOST_POLITE):
        if words in PROVIDER_KEYWORDS or _WHOLE.fullmatch(words):
            return True
        words = _without_politeness(words)
    return False


def goes_on(text: str) -> bool:
    """Whether it says the opposite, or what else is close to the wish to stop."""
    return bool(_GOES_ON.search(plain(bare(text))))


def is_provider_keyword(text: str) -> bool:
    """Whether the SMS provider has already answered this itself."""
    return text.strip().casefold() in PROVIDER_KEYWORDS


def _without_politeness(words: str) -> str:
    for extra in _POLITE:
        if words.endswith(" " + extra):
            return words.removesuffix(" " + extra)
        if words.startswith(extra + " "):
            return words.removeprefix(extra + " ")
    return words
