"""Counts as tables for people: a label, a number and its share. Small numbers of persons that one
does not work with are left out, for a count of one is a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEAST_SHOWN = 5
"""What is less is not shown to those who see figures only."""

LESS = f"< {LEAST_SHOWN}"
LEFT_OUT = "–"


@dataclass(frozen=True)
class Row:
    """One line of a table; `share` in per cent, None when there is none to show."""

    label: str
    number: str
    share: int | None


@dataclass(frozen=True)
class Table:
    """A table of counts. `unit` says what is counted."""

    title: str
    unit: str
    rows: list[Row]


def shown(count: int, *, bare: bool) -> str:
    """A count as it may be read; `bare`: by who works with these people."""
    return str(count) if bare or count == 0 or count >= LEAST_SHOWN else LESS


def shares(counts: Iterable[tuple[str, int]], *, bare: bool) -> list[Row]:
    """What there is of each, and its share of all. One small number alone would follow from the
    total and the others, so then the next smallest is left out too."""
    found = [(label, count) for label, count in counts if count]
    total = sum(count for _, count in found)
    small = {label for label, count in found if not bare and count < LEAST_SHOWN}
    also = _next_smallest(found, small) if len(small) == 1 else None
    rows = []
    for label, count in found:
        if label in small:
            rows.append(Row(label, LESS, None))
        elif label == also:
            rows.append(Row(label, LEFT_OUT, None))
        else:
            rows.append(Row(label, str(count), round(100 * count / total)))
    return rows


def parts(counts: Iterable[tuple[str, int, int]], *, bare: bool) -> list[Row]:
    """Of each so many out of so many."""
    rows = []
    for label, count, of in counts:
        if not of:
            rows.append(Row(label, "0 / 0", None))
        elif not bare and (0 < count < LEAST_SHOWN or 0 < of - count < LEAST_SHOWN):
            rows.append(Row(label, f"{LEFT_OUT} / {shown(of, bare=False)}", None))
        else:
            rows.append(Row(label, f"{count} / {of}", round(100 * count / of)))
    return rows


def _next_smallest(counts: Sequence[tuple[str, int]], small: set[str]) -> str | None:
    others = [(count, label) for label, count in counts if label not in small]
    return min(others)[1] if others else None
