"""How likely something must be before we act on it: set by `python -m training`, read here.

The marks are apart from the weights because they are a choice, not a finding: how often may a
call for help go wrong so that fewer people are asked back? See `docs/understanding.md`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from conversations.understanding.labels import Route

FILE = "marks.toml"


@dataclass(frozen=True)
class Marks:
    """From 0 to 1; for one language, or for all that have no marks of their own."""

    help: float  # the route of a call for help
    none: float  # that there is no call for help
    person: float
    stop: float
    danger: float
    urgent: float
    double: float  # that there are two problems

    def sure(self, route: Route) -> float:
        """What the chance of `route` must be to act on it."""
        match route:
            case Route.WERKCOACH | Route.GEMEENTE:
                return self.help
            case Route.NONE:
                return self.none
            case Route.PERSON:
                return self.person
            case _:
                return 2.0  # whoever is unclear is asked


@cache
def marks_for(lang: str) -> Marks:
    """The marks for what is written in `lang`."""
    written = tomllib.loads((files(__package__) / FILE).read_text(encoding="utf-8"))
    return Marks(**written.get(lang, written["other"]))
