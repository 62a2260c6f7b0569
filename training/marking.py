"""How sure is sure? Marks from the sentences' own unseen scores.

The sentences were written to be hard, harder than what people send (the figures on sentences by
others in `docs/understanding.md` show how much), so what is allowed to go wrong among them is
somewhat more than what is allowed to go wrong in the street.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from conversations.safety import danger_in
from conversations.understanding.labels import DANGER_OF, LABELS, ROUTE_OF, Label, Route
from conversations.understanding.marks import Marks
from conversations.understanding.stopping import is_stop
from training.corpus import Line

HELP = (Route.WERKCOACH, Route.GEMEENTE)

_STEPS = tuple(step / 100 for step in range(5, 99))


@dataclass(frozen=True)
class Allowed:
    """What may go wrong, as a share."""

    wrong_desk: float  # of the calls for help: sure, and at the other organisation
    dropped: float  # of the calls for help: sure that they are none
    false_danger: float  # of what is no danger
    false_stop: float  # of what is no wish to stop


ALLOWED = {
    "nl": Allowed(wrong_desk=0.030, dropped=0.012, false_danger=0.015, false_stop=0.002),
    "other": Allowed(wrong_desk=0.045, dropped=0.020, false_danger=0.015, false_stop=0.002),
}


def marks_from(lines: Sequence[Line], chances: npt.NDArray[Any]) -> dict[str, Marks]:
    """The marks for Dutch and for the other languages; `chances` has a row a line, LABELS first,
    then urgent and double."""
    return {
        group: _marks(
            [line for line in lines if (line.lang == "nl") == (group == "nl")],
            chances[[(line.lang == "nl") == (group == "nl") for line in lines]],
            ALLOWED[group],
        )
        for group in ALLOWED
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
    in_danger = np.array([Route.CRISIS in line.routes for line in lines])
    stopping = np.array([Label.STOP in line.labels for line in lines])
    by_words = np.array([danger_in(line.text) is not None for line in lines])
    stop_words = np.array([is_stop(line.text) for line in lines])
    danger_mark = _lowest(
        lambda mark: _share(by_words | (danger >= mark), ~in_danger) <= allowed.false_danger
    )
    stop_mark = _lowest(
        lambda mark: _share(stop_words | (stop >= mark), ~stopping) <= allowed.false_stop
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
    calls = np.array([bool(line.routes & set(HELP)) for line in lines])
    to_desk = np.isin(top, [routes.index(route) for route in HELP])
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
        none=_lowest(
            lambda mark: _share(left & none & ~right & (best >= mark), calls) <= allowed.dropped
        ),
        person=_lowest(
            lambda mark: _share(left & (person >= mark), ~wants_person) <= allowed.false_stop * 2
        ),
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
