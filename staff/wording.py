"""From values to the words of the console, in the colleague's language and in wall time."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from babel import Locale
from babel.dates import format_date, format_datetime, format_time, get_timezone
from babel.numbers import format_decimal

import locales
from aftercare.service import N_, Refused
from scheduler.calendar import Hours, local_day
from staff.labels import ACTIONS, LABELS

HOME_ZONE = Hours().zone
_STEP = re.compile(r"day-(\d+)")
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSERTED = {"sooner": N_("sooner, {day}"), "extra": N_("extra, {day}")}
_OTHER_STEPS = {"contract-end": N_("end of contract"), "closing": N_("closing question")}
_MOBILE = re.compile(r"\+316(\d{2})(\d{2})(\d{2})(\d{2})")


def language_of(chosen: str) -> str:
    """The console's language: Dutch, unless somebody chose another that there is."""
    return chosen if chosen in locales.languages(locales.CONSOLE) else locales.HOUSE


class Words:
    """How a page speaks, at the moment `now`."""

    def __init__(self, language: str, now: datetime) -> None:
        self.language = language
        self.now = now
        self._catalogue = locales.translations(language, locales.CONSOLE)

    def say(self, text: str, **params: object) -> str:
        """The sentence with msgid `text`, its braces filled in."""
        said = self._catalogue.gettext(text)
        return said.format(**params) if params else said

    def refusal(self, refused: Refused) -> str:
        """Why something cannot be done, and what to do."""
        params: Mapping[str, str] = refused.params
        return self._catalogue.gettext(refused.text).format(**params)

    def label(self, word: StrEnum) -> str:
        """What people read for one of the house's words."""
        return self._catalogue.gettext(LABELS[type(word)][word])

    def action(self, name: str) -> str:
        """What the audit says that somebody did."""
        return self._catalogue.gettext(ACTIONS[name]) if name in ACTIONS else name

    def step(self, name: str) -> str:
        """A step of the plan: "day-8" is "day 8"."""
        name, also, _ = name.partition("+")
        if also:
            return self.say(N_("{step} and end of contract"), step=self.step(name))
        if found := _STEP.fullmatch(name):
            return self.say(N_("day {number}"), number=found[1])
        kind, _, day = name.partition("-")
        if kind in _INSERTED and _A_DAY.fullmatch(day):
            return self.say(_INSERTED[kind], day=self.day(date.fromisoformat(day)))
        return self.say(_OTHER_STEPS[name]) if name in _OTHER_STEPS else name

    def parsed(self, moment: str) -> datetime:
        """A moment as a copy of somebody's file has it (ISO)."""
        return datetime.fromisoformat(moment)

    def moment(self, moment: datetime, zone: str = HOME_ZONE) -> str:
        """A moment in wall time, as "di 3 mrt 17:32"; with the year when it is another one."""
        pattern = "EEE d MMM HH:mm" if self._this_year(moment) else "EEE d MMM yyyy HH:mm"
        return format_datetime(moment, pattern, tzinfo=get_timezone(zone), locale=self.language)

    def time(self, moment: datetime, zone: str = HOME_ZONE) -> str:
        """The time of day, as "17:32"."""
        return format_time(moment, "HH:mm", tzinfo=get_timezone(zone), locale=self.language)

    def day_of(self, moment: datetime, zone: str = HOME_ZONE) -> str:
        """The day on which a moment falls, as "dinsdag 3 maart"."""
        day = local_day(moment, Hours(zone))
        pattern = "EEEE d MMMM" if self._this_year(moment) else "EEEE d MMMM yyyy"
        return format_date(day, pattern, locale=self.language)

    def day(self, day: date) -> str:
        """A day, as "3 mrt 2026"."""
        return format_date(day, "d MMM yyyy", locale=self.language)

    def short_day(self, moment: datetime, zone: str = HOME_ZONE) -> str:
        """The day on which a moment falls, as "3 mrt"; with the year when it is another one."""
        day = local_day(moment, Hours(zone))
        pattern = "d MMM" if self._this_year(moment) else "d MMM yyyy"
        return format_date(day, pattern, locale=self.language)

    def month(self, day: date) -> str:
        """The month of a day, as "mrt"; January with its year."""
        pattern = "MMM yyyy" if day.month == 1 else "MMM"
        return format_date(day, pattern, locale=self.language)

    def soon(self, moment: datetime, zone: str = HOME_ZONE) -> str:
        """A moment near today: "today 17:00", "tomorrow 17:00", else as `moment`."""
        hours = Hours(zone)
        days = local_day(moment, hours) - local_day(self.now, hours)
        if days == timedelta():
            return self.say(N_("today {time}"), time=self.time(moment, zone))
        if days == timedelta(days=1):
            return self.say(N_("tomorrow {time}"), time=self.time(moment, zone))
        if days == timedelta(days=-1):
            return self.say(N_("yesterday {time}"), time=self.time(moment, zone))
        return self.moment(moment, zone)

    def number(self, number: str) -> str:
        """A number as people write it: "06 12 34 56 78"."""
        found = _MOBILE.fullmatch(number)
        return "06 " + " ".join(found.groups()) if found else number

    def decimal(self, number: float, digits: int = 1) -> str:
        """A number with at most so many digits behind the point: "3,5"."""
        return format_decimal(number, "#,##0." + "#" * digits, locale=self.language)

    def language_name(self, code: str) -> str:
        """What a language is called here: "Tigrinya"."""
        return Locale.parse(code).get_display_name(self.language) or code

    def _this_year(self, moment: datetime) -> bool:
        return moment.year == self.now.year
