"""How sure is sure? Marks from what the model makes of the sentences that were held apart.

Those were written to be harder than what people send (`docs/understanding.md` shows how much): many
without danger look like danger. So what may go wrong among them is more than what may go wrong
among clients; the lines by strangers and blind writers show what that comes to.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from conversations.safety import danger_in
from conversations.understanding.labels import DANGER_OF, DESKS, LABELS, ROUTE_OF, Label, Route
from conversations.understanding.marks import Marks
from conversations.understanding.model import Reading
from conversations.understanding.stopping import is_stop
from training.corpus import Line

_HARDLY = 0.4
"""Below this nothing is sure, even where nothing went wrong by chance."""

_LIKELIER_THAN_NOT = 0.5
"""Below this nobody is taken to leave."""

_STEPS = tuple(step / 100 for step in range(5, 99))


@dataclass(frozen=True)
class Allowed:
    """What may go wrong, as a share."""

    wrong_desk: float  # of the calls for help: sure, and at the other organisation
    dropped: float  # of all who need something: sure that they do not
    false_danger: float  # of what is no danger
    false_stop: float  # of what is no wish to stop


ALLOWED = {
    "nl": Allowed(wrong_desk=0.040, dropped=0.012, false_danger=0.050, false_stop=0.001),
    "other": Allowed(wrong_desk=0.060, dropped=0.020, false_danger=0.060, false_stop=0.006),
}


def marks_from(lines: Sequence[Line], readings: Sequence[Reading]) -> dict[str, Marks]:
    """The marks for Dutch and for the other languages."""
    chances = np.array([[*one.labels, one.urgent, one.double] for one in readings])
    dutch = np.array([line.lang == "nl" for line in lines])
    groups = {"nl": np.flatnonzero(dutch), "other": np.flatnonzero(~dutch)}
    return {
        group: _marks([lines[int(row)] for row in rows], chances[rows], ALLOWED[group])
        for group, rows in groups.items()
    }


def as_toml(marks: dict[str, Marks]) -> str:
    """The file that `conversations.understanding.marks` reads."""
    parts = ["# Written by `python -m training`."]
    for group, one in marks.items():
        parts += [f"\n[{group}]", *(f"{name} = {mark:.2f}" for name, mark in asdict(one).items())]
    return "\n".join(parts) + "\n"


def _marks(lines: Sequence[Line], chances: npt.NDArray[Any], allowed: Allowed) -> Marks:
    danger = chances[:, [LABELS.index(label) for label in DANGER_OF]].sum(axis=1)
    stop = chances[:, LABELS.index(Label.STOP)]
    in_danger = np.array([line.is_danger for line in lines])
    stopping = np.array([Label.STOP in line.labels for line in lines])
    by_words = np.array([danger_in(line.text) is not None for line in lines])
    stop_words = np.array([is_stop(line.text) for line in lines])
    danger_mark = _lowest(
        lambda mark: _share(by_words | (danger >= mark), ~in_danger) <= allowed.false_danger
    )
    stop_mark = max(
        _LIKELIER_THAN_NOT,
        _lowest(lambda mark: _share(stop_words | (stop >= mark), ~stopping) <= allowed.false_stop),
    )
    left = ~by_words & (danger < danger_mark) & ~stop_words & (stop < stop_mark)
    routes: list[Route] = [route for route in Route if route not in (Route.CRISIS, Route.STOP)]
    by_route = np.stack(
        [
            chances[:, [row for row, label in enumerate(LABELS) if ROUTE_OF[label] is route]].sum(1)
            for route in routes
        ],
        axis=1,
    )
    top = by_route.argmax(axis=1)
    best = by_route.max(axis=1)
    calls = np.array([line.is_call for line in lines])
    needs = np.array([line.is_call or Label.UNCLEAR in line.labels for line in lines])
    to_desk = np.isin(top, [routes.index(route) for route in DESKS])
    right = np.array([routes[one] in line.routes for one, line in zip(top, lines, strict=True)])
    none = top == routes.index(Route.NONE)
    person = chances[:, LABELS.index(Label.PERSON)]
    wants_person = np.array([Label.PERSON in line.labels for line in lines])
    urgent = np.array([line.urgent for line in lines])
    double = np.array([len(line.labels) > 1 for line in lines])
    return Marks(
        help=_lowest(
            lambda mark: (
                _share(left & to_desk & ~right & (best >= mark), calls) <= allowed.wrong_desk
            )
        ),
        none=max(
            _HARDLY,
            _lowest(
                lambda mark: _share(left & none & ~right & (best >= mark), needs) <= allowed.dropped
            ),
        ),
        person=max(_HARDLY, _best(person, wants_person)),
        stop=stop_mark,
        danger=danger_mark,
        urgent=_best(chances[:, -2][calls], urgent[calls]),
        double=_best(chances[:, -1][calls], double[calls]),
    )


def _share(seen: npt.NDArray[np.bool_], among: npt.NDArray[np.bool_]) -> float:
    """How many of `among` are `seen`."""
    return float((seen & among).sum() / among.sum())


def _lowest(holds: Callable[[float], bool]) -> float:
    """The lowest mark from which on it always holds."""
    lowest = _STEPS[-1]
    for mark in reversed(_STEPS):
        if not holds(mark):
            break
        lowest = mark
    return lowest


def _best(chances: npt.NDArray[Any], truth: npt.NDArray[np.bool_]) -> float:
    """The mark with the best balance of found and false (F1)."""

    def balance(mark: float) -> float:
        said = chances >= mark
        return float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))

    return max(_STEPS, key=balance)
