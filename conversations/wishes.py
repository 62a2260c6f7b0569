"""What people say to the bot about the bot: not now, another language, less of it, wrong number.

Whole messages only, so that "volgende maand weer" is heard and "volgende maand weer mijn huur niet
betalen" is not. Held against the same letters as answers are (`key`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from conversations.sayings import Ways
from conversations.understanding.answers import digit, key
from conversations.words import Form

OWN_NAMES: Mapping[str, str] = {
    "nl": "Nederlands",
    "en": "English",
    "pl": "Polski",
    "so": "Soomaali",
    "tr": "Türkçe",
    "uk": "Українська",
    "ar": "العربية",
    "fa": "فارسی",
    "ti": "ትግርኛ",
}
"""Each language by its own name, in the order of the list that is offered."""

LONGEST_PAUSE = 92
"""Days. Whoever wants to be left alone for longer may say so to a person, or stop."""


class Remark(StrEnum):
    """What is said about or to the bot, and asks for one fixed reply."""

    GREETING = "greeting"  # or: who are you?
    ABUSE = "abuse"
    WRONG_PERSON = "wrong_person"


@dataclass(frozen=True)
class Pause:
    """Not now: again after so many days."""

    days: int


@dataclass(frozen=True)
class Speak:
    """Another language: its code, or None when it was not said which."""

    language: str | None


@dataclass(frozen=True)
class Change:
    """Another form: only when I write (passive), or ask me now and then (active)."""

    form: Form


Wish = Pause | Speak | Change | Remark

_PAUSES: Mapping[int, Ways] = {
    7: {
        "nl": """volgende week | volgende week weer | later | nu niet | nu even niet | even niet
            | niet nu | liever later | ik heb nu geen tijd | geen tijd | geen tijd nu
            | ik ben op vakantie | ik ben met vakantie | op vakantie""",
        "en": "next week | later | not now | no time | i am on holiday | next week please",
        "ar": "لاحقا | الاسبوع القادم | مو الان | ليس الان | مش الان | بعدين",
        "ti": "ዳሕራይ | ዝመጽእ ሰሙን | ሕጂ ኣይኮነን",
        "tr": "sonra | şimdi değil | haftaya | gelecek hafta",
        "fa": "بعدا | الان نه | هفته بعد | هفته آینده",
        "so": "hadda maya | mar dambe | toddobaadka dambe",
        "uk": "пізніше | не зараз | наступного тижня",
        "pl": "później | nie teraz | w przyszłym tygodniu",
    },
    30: {
        "nl": """volgende maand | volgende maand weer | volgende maand pas | na de vakantie
            | over een maand weer | minder vaak | niet zo vaak | minder vaak graag""",
        "en": "next month | next month again | less often | not so often | in a month",
        "ar": "الشهر القادم | بعد شهر",
        "ti": "ዝመጽእ ወርሒ",
        "tr": "gelecek ay | bir ay sonra",
        "fa": "ماه بعد | ماه آینده",
        "so": "bisha dambe",
        "uk": "наступного місяця | через місяць",
        "pl": "w przyszłym miesiącu | za miesiąc",
    },
}
_LANGUAGES: Mapping[str, str] = {
    "nl": "nederlands | dutch | hollands | الهولندية | هولندي | ደች | felemenkçe | هلندی"
    " | nederlandse taal | нідерландська | niderlandzki | holenderski",
    "en": "engels | english | الانجليزية | انجليزي | እንግሊዝኛ | ingilizce | انگلیسی | ingiriisi"
    " | ingiriis | англійська | англійською | angielski | po angielsku",
    "ar": "arabisch | arabic | العربية | عربي | بالعربي | arabi",
    "ti": "tigrinya | tigrigna | tigrinja | ትግርኛ | ብትግርኛ",
    "tr": "turks | turkish | türkçe",
    "fa": "farsi | perzisch | persian | فارسی | dari | دری",
    "so": "somalisch | somali | soomaali | af soomaali | somalie",
    "uk": "oekraiens | ukrainian | українська | українською",
    "pl": "pools | polish | polski | po polsku",
}
_BEFORE_A_LANGUAGE = (
    "liever in het", "liever het", "liever in", "liever", "graag in het", "graag in", "graag",
    "in het", "in", "kan het in het", "kan dit in het", "mag het in het", "kan het ook in het",
    "ik wil", "ik wil liever", "ik spreek", "ik spreek alleen", "praat", "schrijf in het",
    "please in", "can you write in", "can you speak", "i speak", "i speak only", "only",
    "i want", "rather", "in", "speak", "write in", "po", "proszę po", "اكتب", "اريد", "لطفا",
)  # fmt: skip
_AFTER_A_LANGUAGE = (
    "graag", "aub", "alsjeblieft", "alstublieft", "please", "a u b", "lütfen", "proszę",
    "liever", "taal", "language", "only", "spreken", "praten", "kan dat",
)  # fmt: skip
_WHICH_LANGUAGE = """taal | andere taal | andere taal graag | een andere taal | taal veranderen
    | andere taal aub | language | other language | another language | change language
    | لغة | لغة اخرى | اللغة | ቋንቋ | dil | başka dil | زبان | زبان دیگر | luqad | luqad kale
    | мова | інша мова | język | inny język | ik spreek geen nederlands | i don't speak dutch
    | i do not speak dutch | no dutch | geen nederlands | ik begrijp geen nederlands"""
_PASSIVE = """ik meld me zelf wel | ik meld mij zelf wel | ik stuur zelf wel een bericht
    | ik schrijf zelf wel | ik bel zelf wel | ik vraag het zelf wel | vraag niets meer
    | ik laat het zelf wel weten | ik laat zelf wel iets horen | alleen als ik iets vraag
    | i will write myself | i will contact you myself | only when i write | i'll let you know"""
_ACTIVE = """vraag het me weer | je mag weer vragen | vraag maar weer | vraag weer hoe het gaat
    | stuur maar weer | jullie mogen weer vragen | ask me again | you can ask me again"""
_REMARKS: Mapping[Remark, str] = {
    Remark.GREETING: """hallo | hoi | hey | hee | hai | hi | dag | goedemorgen | goedemiddag
        | goedenavond | goeiemorgen | goeiemiddag | goeienavond | hallo daar | hello | good morning
        | good evening | moi | yo | wie is dit | wie ben je | wie bent u | wie zijn jullie
        | wie is daar | met wie spreek ik | wat is dit | ben je een robot | ben je een mens
        | ben je een computer | is dit een robot | who is this | who are you | what is this
        | are you a robot | are you human | مرحبا | السلام عليكم | سلام | اهلا | من انت | من هذا
        | صباح الخير | ሰላም | ከመይ ኣለኹም | መን ኢኹም | selam | merhaba | günaydın | kimsiniz | bu kim
        | درود | شما کی هستید | کی هستی | salaan | iska warran | yaa tahay | привіт
        | добрий день | доброго дня | хто це | хто ви | cześć | dzień dobry | kto to | kim jesteś
        | selamun aleykum | salam | salam aleikum | assalamu alaikum""",
    Remark.ABUSE: """kutbot | klootzak | klootzakken | kanker | kankerbot | kankerlijers | tyfus
        | tering | sukkel | sukkels | eikel | eikels | rot op | rotop | fuck you | fuck off
        | fuck jullie | fuck | flikker op | sodemieter op | krijg de tering | krijg de tyfus
        | val dood | hoer | hoerenzoon | debiel | idioot | idioten | lul | stomme bot
        | stomme computer | rotbot | domme bot | domme computer | je bent dom | wat een onzin
        | jullie zijn klootzakken | stelletje klootzakken | kutgemeente | rotgemeente | asshole
        | shut up | bullshit | idiot | stupid bot | kurwa | spierdalaj | siktir | siktir git
        | orospu çocuğu | كلب | حمار | خرا | придурок | сука | пішов ти""",
    Remark.WRONG_PERSON: """verkeerd nummer | u heeft het verkeerde nummer
        | je hebt het verkeerde nummer | jullie hebben het verkeerde nummer | verkeerde persoon
        | je hebt de verkeerde | verkeerd verbonden | die woont hier niet | die ken ik niet
        | ik ken die persoon niet | ik ken deze persoon niet
        | ik ben iemand anders | dit is niet mijn naam | zo heet ik niet | wrong number
        | wrong person | you have the wrong number | that is not me | ik ben dat niet
        | dat ben ik niet | ik ben niet die persoon | رقم خطا | الرقم خطا | غلطان بالرقم
        | ጌጋ ቁጽሪ | yanlış numara | اشتباه گرفتید | شماره اشتباه است | lambar khaldan
        | ви помилилися | не той номер | помилка номером | zły numer | pomyłka | to pomyłka""",
}
_SOON = re.compile(
    r"(?:graag |pas )?(?:over|in|na|within|after|za|через) (\w+) "
    r"(dag|dagen|week|weken|maand|maanden|day|days|weeks|month|months)"
    r"(?: (?:weer|graag|pas|again|please|aub))*"
)
_UNIT = {"d": 1, "w": 7, "m": 30}


def _set(block: str) -> frozenset[str]:
    return frozenset(key(way) for way in block.split("|"))


_PAUSE_WORDS = {days: _set("|".join(ways.values())) for days, ways in _PAUSES.items()}
_LANGUAGE_WORDS = {code: _set(names) for code, names in _LANGUAGES.items()}
_WHICH, _PASSIVE_WORDS, _ACTIVE_WORDS = _set(_WHICH_LANGUAGE), _set(_PASSIVE), _set(_ACTIVE)
_REMARK_WORDS = {remark: _set(ways) for remark, ways in _REMARKS.items()}
_BEFORE = tuple(sorted((key(one) for one in _BEFORE_A_LANGUAGE), key=len, reverse=True))
_AFTER = tuple(sorted((key(one) for one in _AFTER_A_LANGUAGE), key=len, reverse=True))


def wish_in(text: str, first_name: str = "") -> Wish | None:
    """What the whole message asks of the bot, or None. `first_name` is the client's: "ik ben
    Amina niet" says that this is somebody else's telephone."""
    words = key(text)
    if not words:
        return None
    if words in _WHICH:
        return Speak(None)
    if words in _PASSIVE_WORDS:
        return Change(Form.PASSIVE)
    if words in _ACTIVE_WORDS:
        return Change(Form.ACTIVE)
    for remark, ways in _REMARK_WORDS.items():
        if words in ways:
            return remark
    if first_name and words in _not_me(key(first_name)):
        return Remark.WRONG_PERSON
    days = _pause(words)
    if days:
        return Pause(min(days, LONGEST_PAUSE))
    language = language_named(text)
    return Speak(language) if language else None


def language_named(text: str) -> str | None:
    """The code of the language that the message asks for: its name, with a word around it."""
    words = key(text)
    for before in ("", *_BEFORE):
        if before and not words.startswith(before + " "):
            continue
        rest = words.removeprefix(before).strip()
        for after in ("", *_AFTER):
            if after and not rest.endswith(" " + after):
                continue
            name = rest.removesuffix(after).strip() if after else rest
            for code, names in _LANGUAGE_WORDS.items():
                if name in names:
                    return code
    return None


def _pause(words: str) -> int | None:
    for days, ways in _PAUSE_WORDS.items():
        if words in ways:
            return days
    soon = _SOON.fullmatch(words)
    if soon is None:
        return None
    number, unit = soon.groups()
    count = int(number) if number.isdecimal() else digit(number, 6)
    return count * _UNIT[unit[0]] if count else None


def _not_me(name: str) -> tuple[str, ...]:
    return (
        f"ik ben {name} niet", f"ik ben niet {name}", f"dit is {name} niet", f"ik heet geen {name}",
        f"dit is niet {name}", f"hier woont geen {name}", f"ik ken geen {name}", f"geen {name}",
        f"dit is niet het nummer van {name}", f"i am not {name}", f"this is not {name}",
        f"i don't know {name}", f"انا لست {name}", f"я не {name}", f"nie jestem {name}",
        f"ben {name} değilim", f"{name} woont hier niet", f"{name} ken ik niet",
    )  # fmt: skip
