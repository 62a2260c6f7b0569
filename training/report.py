"""The page `docs/understanding.md`: what the model can and cannot, in figures."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from conversations.understanding.labels import LANGUAGES, Route
from conversations.understanding.marks import Marks
from conversations.understanding.meaning import Understood, decide
from conversations.understanding.model import Model, Reading
from training import marking
from training.corpus import Line, corpus
from training.judging import Case, Figures, blind, figures, hard, is_call, is_wrong, strangers

_TEXT = Path(__file__).with_name("page.md")

_RISKS = (0.005, 0.01, 0.02, 0.03, 0.04, 0.06, 0.10)


def page(model: Model, lines: Sequence[Line], readings: Sequence[Reading]) -> str:
    """The page, from the lines that were held apart and what the model makes of them."""
    understood = _cross_marked(lines, readings)
    marks = marking.marks_from(lines, readings)
    written = {"strangers": strangers(), "blind": blind(), "hard": hard()}
    read = {
        name: model.read([one.text for one in cases], [None] * len(cases))
        for name, cases in written.items()
    }
    tables = {
        name: _table(cases, _marked(cases, read[name], marks)) for name, cases in written.items()
    }
    return _TEXT.read_text(encoding="utf-8").format(
        counts="\n".join(_counts()),
        apart=_table(lines, understood),
        **tables,
        curve="\n".join(_curve(lines, readings)),
        blind_curve="\n".join(_curve(written["blind"], read["blind"])),
        confusion="\n".join(_confusion(lines, understood)),
        languages="\n".join(_languages(lines, understood)),
        marks="\n".join(f"    {line}" for line in marking.as_toml(marks).splitlines()[2:]),
        wrong="\n".join(_wrong(lines, understood)),
        missed="\n".join(_missed(lines, understood)),
    )


def _cross_marked(lines: Sequence[Line], readings: Sequence[Reading]) -> list[Understood]:
    """What is understood when the marks for each half are set by the other."""
    pairs = list(zip(lines, readings, strict=True))
    marks = []
    for half in (0, 1):
        other = [(line, reading) for line, reading in pairs if line.half != half]
        marks.append(marking.marks_from(*zip(*other, strict=True)))
    return [
        decide(line.text, reading, _marks(marks[line.half], reading.lang))
        for line, reading in pairs
    ]


def _marked(
    cases: Sequence[Case], readings: Sequence[Reading], marks: dict[str, Marks]
) -> list[Understood]:
    return [
        decide(case.text, reading, _marks(marks, reading.lang))
        for case, reading in zip(cases, readings, strict=True)
    ]


def _marks(marks: dict[str, Marks], lang: str) -> Marks:
    return marks.get(lang, marks["other"])


def _counts() -> Iterator[str]:
    lines = corpus()
    yield "| language | sentences | held apart | two problems | urgent |"
    yield "|---|---:|---:|---:|---:|"
    for lang in LANGUAGES:
        mine = [line for line in lines if line.lang == lang]
        apart = sum(line.held_apart for line in mine)
        double = sum(len(line.labels) > 1 for line in mine)
        yield f"| {lang} | {len(mine)} | {apart} | {double} | {sum(one.urgent for one in mine)} |"
    yield f"| all | {len(lines)} | {sum(line.held_apart for line in lines)} | | |"


def _table(cases: Sequence[Case], understood: Sequence[Understood]) -> str:
    rows = [_figures(cases, understood, dutch=True), _figures(cases, understood, dutch=False)]
    names = (
        ("call for help: sure and right", "right"),
        ("call for help: sure, and at the other organisation or dropped", "wrong"),
        ("danger seen", "danger"),
        ("danger seen where there is none", "false_danger"),
        ("wish to stop seen", "stop"),
        ("wish to stop seen where there is none", "false_stop"),
        ("language known", "lang"),
    )
    table = ["| | Dutch | the other eight |", "|---|---:|---:|"]
    table += [f"| {name} | {getattr(rows[0], of)} | {getattr(rows[1], of)} |" for name, of in names]
    return "\n".join(table)


def _figures(cases: Sequence[Case], understood: Sequence[Understood], *, dutch: bool) -> Figures:
    pairs = [
        pair for pair in zip(cases, understood, strict=True) if (pair[0].lang == "nl") == dutch
    ]
    return figures([case for case, _ in pairs], [one for _, one in pairs])


def _curve(cases: Sequence[Case], readings: Sequence[Reading]) -> Iterator[str]:
    """How many calls for help are sure and right, for each share that may go wrong."""
    yield "| may go wrong | Dutch sure and right | the other eight |"
    yield "|---:|---:|---:|"
    columns = [
        _covered(
            [
                pair
                for pair in zip(cases, readings, strict=True)
                if (pair[0].lang == "nl") == dutch and is_call(pair[0])
            ]
        )
        for dutch in (True, False)
    ]
    for risk, *covered in zip(_RISKS, *columns, strict=True):
        yield (
            f"| {100 * risk:.1f} % | " + " | ".join(f"{100 * one:.0f} %" for one in covered) + " |"
        )


def _covered(pairs: Sequence[tuple[Case, Reading]]) -> list[float]:
    tried = []
    for mark in (step / 50 for step in range(10, 50)):
        at = Marks(mark, mark, mark, stop=2, danger=2, urgent=2, double=2)
        said = [(case, decide(case.text, reading, at)) for case, reading in pairs]
        wrong = sum(is_wrong(case, one) for case, one in said) / len(said)
        right = sum(one.sure and one.route in case.routes for case, one in said) / len(said)
        tried.append((wrong, right))
    return [max((right for wrong, right in tried if wrong <= risk), default=0) for risk in _RISKS]


def _confusion(lines: Sequence[Line], understood: Sequence[Understood]) -> Iterator[str]:
    counted: Counter[tuple[Route, str]] = Counter()
    for line, one in zip(lines, understood, strict=True):
        if len(line.routes) == 1:
            (route,) = line.routes
            counted[route, one.route if one.sure else "asked"] += 1
    said = [route for route in Route if route is not Route.UNCLEAR]
    yield "| is | " + " | ".join((*said, "asked")) + " |"
    yield "|---|" + "---:|" * (len(said) + 1)
    for route in Route:
        row = [str(counted[route, one] or "") for one in (*said, "asked")]
        yield f"| {route} | " + " | ".join(row) + " |"


def _languages(lines: Sequence[Line], understood: Sequence[Understood]) -> Iterator[str]:
    yield "| language | sure and right | wrong | danger seen | false danger | stop seen |"
    yield "|---|---:|---:|---:|---:|---:|"
    for lang in LANGUAGES:
        mine = [pair for pair in zip(lines, understood, strict=True) if pair[0].lang == lang]
        one = figures([line for line, _ in mine], [said for _, said in mine])
        shares = (one.right, one.wrong, one.danger, one.false_danger, one.stop)
        yield f"| {lang} | " + " | ".join(f"{100 * share.value:.0f} %" for share in shares) + " |"


def _wrong(lines: Sequence[Line], understood: Sequence[Understood]) -> Iterator[str]:
    """Calls for help that went wrong in Dutch, to learn from."""
    for line, one in zip(lines, understood, strict=True):
        if line.lang == "nl" and is_call(line) and is_wrong(line, one):
            is_about = "+".join(line.labels)
            taken = "+".join(one.labels) or one.route
            yield f"- {line.text} *({is_about}, taken for {taken})*"


def _missed(lines: Sequence[Line], understood: Sequence[Understood]) -> Iterator[str]:
    """Danger in Dutch that was not seen."""
    for line, one in zip(lines, understood, strict=True):
        if line.lang == "nl" and line.is_danger and one.danger is None:
            yield f"- {line.text} *({'asked' if not one.sure else one.route})*"
