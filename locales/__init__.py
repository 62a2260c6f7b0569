"""The catalogues, and what Babel makes of them. Msgids are English; `nl` is the house's language.

Two domains: `phrases`, what clients read, and `console`, what staff read. Catalogues are kept as
readable .po files and compiled in memory when they are first used.
"""

from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from unicodedata import bidirectional

from babel import Locale
from babel.dates import format_date, format_datetime, format_time, get_timezone
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PHRASES, CONSOLE = "phrases", "console"
SOURCE = "en"
HOUSE = "nl"

_FOLDER = Path(__file__).parent


@lru_cache
def languages(domain: str = PHRASES) -> tuple[str, ...]:
    """The languages with a catalogue, the house's first, the others by their own names."""
    found = {path.parent.parent.name for path in _FOLDER.glob(f"*/LC_MESSAGES/{domain}.po")}
    return (HOUSE, *sorted((found | {SOURCE}) - {HOUSE}, key=own_name))


@lru_cache
def translations(language: str, domain: str = PHRASES) -> NullTranslations:
    """The catalogue of `language`; English needs none."""
    path = catalogue_path(language, domain)
    if language == SOURCE or not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def catalogue_path(language: str, domain: str) -> Path:
    """Where the catalogue of `language` is kept."""
    return _FOLDER / language / "LC_MESSAGES" / f"{domain}.po"


def own_name(language: str) -> str:
    """The language's name in itself: "Nederlands", "English"."""
    return (Locale.parse(language).get_display_name(language) or language).capitalize()


def direction(text: str) -> str:
    """Which way most of `text` runs, "rtl" or "ltr": a Latin name in front turns nothing."""
    ways = [bidirectional(one) for one in text]
    right_to_left = sum(way in ("R", "AL") for way in ways)
    return "rtl" if right_to_left > ways.count("L") else "ltr"


def say_day(day: date, language: str) -> str:
    """A day in words, as "woensdag 4 maart", in the order that the language has."""
    full = Locale.parse(language).date_formats["full"].pattern
    weekday_last = full.index("d") < full.index("E")
    return format_date(day, "d MMMM EEEE" if weekday_last else "EEEE d MMMM", locale=language)


def say_moment(moment: datetime, zone: str, language: str) -> str:
    """A moment in wall time, as "wo 4 mrt 2026 17:32"."""
    return format_datetime(
        moment, "EEE d MMM yyyy HH:mm", tzinfo=get_timezone(zone), locale=language
    )


def say_time(moment: datetime, zone: str, language: str) -> str:
    """The time of day in wall time, as "17:32"."""
    return format_time(moment, "HH:mm", tzinfo=get_timezone(zone), locale=language)
