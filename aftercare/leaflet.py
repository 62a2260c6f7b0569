"""The leaflet that a client takes home, in the client's language."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

import locales
from aftercare import programme, speech
from aftercare.subject import Subject
from conversations.leaflet import NUMBERS, TEXT, Leaf
from conversations.phrases import Phrase
from conversations.words import Form


@dataclass(frozen=True)
class Leaflet:
    """What stands on the paper. `people` is None on one without a name, where a colleague writes
    them; `numbers` are labels with telephone numbers."""

    language: str
    title: str
    what: tuple[str, str]
    when: tuple[str, str]
    who: tuple[str, str]
    stop: tuple[str, str]
    data: tuple[str, str]
    scan: str
    numbers_heading: str
    numbers: tuple[tuple[str, str], ...]
    roles: tuple[str, str]
    people: str | None = None


def leaflet(language: str, form: Form = Form.ACTIVE, people: str | None = None) -> Leaflet:
    """The leaflet in `language`, for those to whom we write (active) or who write to us."""

    def say(leaf: Leaf) -> str:
        return locales.translations(language).gettext(TEXT[leaf])

    passive = form is Form.PASSIVE
    when = speech.phrase(Phrase.FORM_PASSIVE, language) if passive else say(Leaf.WHEN)
    return Leaflet(
        language,
        title=say(Leaf.TITLE),
        what=(say(Leaf.WHAT_HEADING), say(Leaf.WHAT)),
        when=(say(Leaf.WHEN_HEADING), when),
        who=(say(Leaf.WHO_HEADING), say(Leaf.HELP)),
        stop=(say(Leaf.STOP_HEADING), say(Leaf.STOP)),
        data=(say(Leaf.DATA_HEADING), say(Leaf.DATA)),
        scan=say(Leaf.SCAN),
        numbers_heading=say(Leaf.NUMBERS_HEADING),
        numbers=tuple((say(leaf), number) for leaf, number in NUMBERS),
        roles=(
            speech.phrase(Phrase.PERSON_WORK, language),
            speech.phrase(Phrase.PERSON_OTHER, language),
        ),
        people=people,
    )


async def leaflet_for(session: AsyncSession, subject: Subject, now: datetime) -> Leaflet:
    """The leaflet of one client, with the names of those who are there for them."""
    people = await programme.people(session, subject, now)
    return leaflet(subject.client.language, subject.enrolment.form, people)
