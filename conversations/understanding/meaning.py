"""What a message means: `understand(text) -> Understood`. The one thing that the dialogue calls.

Danger and the wish to stop are seen by words or by the model, each enough. For the rest the model
says how likely each label is; it is *sure* when that passes a mark which was set so that of the
calls for help in sentences apart few go wrong (`docs/understanding.md`). Not sure is an honest
answer: then the dialogue asks, with the likeliest topics first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from conversations.safety import DangerKind, danger_in, said_lightly
from conversations.understanding.clauses import halves
from conversations.understanding.labels import (
    DANGER_OF,
    DESKS,
    LABELS,
    LANGUAGES,
    ROUTE_OF,
    TOPIC_OF,
    Label,
    Mood,
    Route,
)
from conversations.understanding.marks import Marks, marks_for
from conversations.understanding.stopping import goes_on, is_stop
from conversations.words import Topic

if TYPE_CHECKING:
    from conversations.understanding.model import Model, Reading

MOST_LIKELY = 4
"""How many topics a question offers."""

_HINT_OF_DANGER = 0.15
"""From here on nobody is let go as one who stops or needs nothing, unless in so many words."""

_CERTAINLY_NOT = 0.03
"""Below this chance of danger a laugh is believed."""

_A_SENTENCE = 3
"""Words that danger or a wish to stop has at the least, where it is not in the list: of "blauw" or
"bericht 34" the model knows nothing."""

_CERTAIN = 0.97
"""From here on it knows of fewer words, too: "zelfmort"."""

_WORTH_OFFERING = 0.06
_SOME_IDEA = 0.35
_SECOND = 0.12
_TWO_AT_ALL = 0.15
"""From this chance of two problems on, the two halves of a message are read apart."""
_TAKEN_FOR = {Topic.JOB_LOST: Topic.WORK}
"""What the menu calls it."""


@dataclass(frozen=True)
class Understood:
    """What a message means, as far as we know."""

    danger: DangerKind | None = None
    stop: bool = False  # no more messages
    person: bool = False  # a human being is wanted
    labels: tuple[Label, ...] = ()  # the likeliest first; two problems, two labels
    topics: tuple[Topic, ...] = ()  # the same, as the desks know them
    route: Route = Route.UNCLEAR  # of the first label; when not sure the best guess
    urgent: bool = False  # a call for help that cannot wait two working days
    mood: Mood = Mood.NEUTRAL
    lang: str = "nl"  # what it is written in
    sure: bool = False  # act on it; else ask
    likely: tuple[Topic, ...] = ()  # when not sure: what to offer, the likeliest first
    model: bool = True  # False: read by words alone


def load() -> bool:
    """Make the model ready. False when it cannot be had: then only words are read."""
    return _model() is not None


def why_not() -> str | None:
    """Why the model cannot be had, or None."""
    return _loaded()[1]


def understand(text: str, lang: str | None = None) -> Understood:
    """What `text` means. `lang`: the language that its writer is known to use."""
    return understand_all([text], [lang])[0]


def understand_all(
    texts: Sequence[str], langs: Sequence[str | None] | None = None
) -> list[Understood]:
    """What each of `texts` means."""
    known = langs or [None] * len(texts)
    model = _model()
    if model is None:
        return [
            _by_words(text, lang if lang in LANGUAGES else LANGUAGES[0])
            for text, lang in zip(texts, known, strict=True)
        ]
    readings = model.read(texts, known)
    return [
        _both(model, text, one, decide(text, one, marks_for(one.lang)))
        for text, one in zip(texts, readings, strict=True)
    ]


def _both(model: "Model", text: str, reading: "Reading", one: Understood) -> Understood:
    """`one`, with a second problem that is plain in one half of `text` and hidden in the whole."""
    parts = halves(text)
    if parts is None or one.route not in DESKS or not one.sure or len(one.topics) != 1:
        return one
    if reading.double < _TWO_AT_ALL:
        return one
    marks = marks_for(reading.lang)
    apart = [
        decide(part, half, marks)
        for part, half in zip(parts, model.read(parts, [reading.lang] * 2), strict=True)
    ]
    if not all(half.sure and half.route in DESKS and len(half.labels) == 1 for half in apart):
        return one
    labels = [half.labels[0] for half in apart]
    if TOPIC_OF[labels[0]] == TOPIC_OF[labels[1]] or one.topics[0] not in map(TOPIC_OF.get, labels):
        return one
    labels.sort(key=lambda label: TOPIC_OF[label] != one.topics[0])
    return replace(one, labels=tuple(labels), topics=tuple(TOPIC_OF[label] for label in labels))


@cache
def _loaded() -> "tuple[Model | None, str | None]":
    try:
        from conversations.understanding.model import load_model

        return load_model(), None
    except (ImportError, OSError, RuntimeError, ValueError, KeyError) as error:
        return None, f"{type(error).__name__}: {error}"


def _model() -> "Model | None":
    return _loaded()[0]


def _by_words(text: str, lang: str) -> Understood:
    danger = danger_in(text)
    if danger:
        return Understood(
            danger,
            route=Route.CRISIS,
            mood=Mood.LOW,
            lang=lang,
            urgent=True,
            sure=True,
            model=False,
        )
    if is_stop(text):
        return Understood(stop=True, route=Route.STOP, lang=lang, sure=True, model=False)
    return Understood(lang=lang, model=False)


def decide(text: str, reading: "Reading", marks: Marks) -> Understood:
    """What follows from what the model makes of `text`."""
    chances = {label: float(chance) for label, chance in zip(LABELS, reading.labels, strict=True)}
    danger = _danger(text, chances, marks)
    if danger:
        return Understood(
            danger, route=Route.CRISIS, mood=Mood.LOW, lang=reading.lang, urgent=True, sure=True
        )
    in_doubt = sum(chances[label] for label in DANGER_OF) >= _HINT_OF_DANGER
    by_model = chances[Label.STOP] >= marks.stop and not in_doubt and _is_sentence(text)
    if is_stop(text) or (by_model and not goes_on(text)):
        return Understood(stop=True, route=Route.STOP, lang=reading.lang, sure=True)
    routes = _by_route(chances)
    route = max(routes, key=lambda one: routes[one])
    labels = tuple(_labels(chances, route, double=reading.double >= marks.double))
    topics = tuple(dict.fromkeys(TOPIC_OF[label] for label in labels if label in TOPIC_OF))
    sure = routes[route] >= marks.sure(route) and not (in_doubt and route is Route.NONE)
    return Understood(
        person=chances[Label.PERSON] >= marks.person,
        labels=labels,
        topics=topics,
        route=route,
        urgent=bool(topics) and reading.urgent >= marks.urgent,
        mood=_mood(chances),
        lang=reading.lang,
        sure=sure,
        likely=() if sure else _likely(chances),
    )


def _is_sentence(text: str) -> bool:
    words = (any(sign.isalpha() for sign in word) for word in text.split())
    return sum(words) >= _A_SENTENCE


def _danger(text: str, chances: dict[Label, float], marks: Marks) -> DangerKind | None:
    """Words or model, each enough: but for words with a laugh, or of long ago, of which the model
    is certain that they are harmless."""
    chance = sum(chances[label] for label in DANGER_OF)
    by_words = danger_in(text)
    if by_words and not (chance < _CERTAINLY_NOT and said_lightly(text)):
        return by_words
    if chance < (marks.danger if _is_sentence(text) else _CERTAIN):
        return None
    return DANGER_OF[max(DANGER_OF, key=lambda label: chances[label])]


def _by_route(chances: dict[Label, float]) -> dict[Route, float]:
    """How likely each route is that is left when there is no danger and no wish to stop."""
    routes: dict[Route, float] = {}
    for label, chance in chances.items():
        route = ROUTE_OF[label]
        if route not in (Route.CRISIS, Route.STOP):
            routes[route] = routes.get(route, 0.0) + chance
    return routes


def _labels(chances: dict[Label, float], route: Route, *, double: bool) -> Iterator[Label]:
    """The likeliest label of `route`; of two problems also the likeliest of another topic."""
    ranked = sorted(chances, key=lambda label: -chances[label])
    first = next(label for label in ranked if ROUTE_OF[label] is route)
    yield first
    if double and first in TOPIC_OF:
        others = (one for one in ranked if TOPIC_OF.get(one) not in (None, TOPIC_OF[first]))
        yield from (one for one in islice(others, 1) if chances[one] >= _SECOND)


def _likely(chances: dict[Label, float]) -> tuple[Topic, ...]:
    """The topics of the menu to offer, the likeliest first; none where there is no idea."""
    topics: dict[Topic, float] = {}
    for label, topic in TOPIC_OF.items():
        shown = _TAKEN_FOR.get(topic, topic)
        topics[shown] = topics.get(shown, 0.0) + chances[label]
    offered = sorted(topics, key=lambda one: -topics[one])[:MOST_LIKELY]
    worth = tuple(topic for topic in offered if topics[topic] >= _WORTH_OFFERING)
    return worth if sum(topics[topic] for topic in worth) >= _SOME_IDEA else ()


def _mood(chances: dict[Label, float]) -> Mood:
    if chances[Label.FINE] >= 0.5:
        return Mood.GOOD
    low = chances[Label.WELLBEING] + sum(chances[label] for label in DANGER_OF)
    return Mood.LOW if low >= 0.4 else Mood.NEUTRAL
