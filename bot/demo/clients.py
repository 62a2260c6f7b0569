"""The clients of the demo: invented people in every phase."""

from datetime import date, datetime, time, timedelta
from typing import Any

from bot.demo.cast import HEROINE, ZONE, Deed, Person, at, number_of
from conversations.words import Answer, Channel, Form, OutcomeKind, Topic

GOOD, SO_SO, BAD, LOST = Answer.GOOD, Answer.SO_SO, Answer.NOT_GOOD, Answer.JOB_LOST
TELEGRAM = Channel.TELEGRAM


def of_beverwijk(name: str, enrolled: date, first_working_day: date, **more: Any) -> Person:
    """Somebody of Beverwijk, with the coach and the consultant of that place."""
    return Person(
        name,
        "beverwijk",
        enrolled,
        first_working_day,
        coach="mourad",
        consultant="dennis",
        **more,
    )


PEOPLE = (
    Person(  # half a year, from the first day to the closing word
        "Hans",
        "velsen",
        date(2025, 8, 14),
        date(2025, 8, 18),
        consent="ja graag",
        told={1: [GOOD], 8: [GOOD], 22: [SO_SO], 50: [GOOD], 106: [GOOD], 182: [GOOD, "bedankt!"]},
    ),
    of_beverwijk(  # a call for help that was resolved, with what was used
        "Sandra",
        date(2025, 11, 13),
        date(2025, 11, 17),
        consent="JA",
        told={
            1: [GOOD],
            8: [
                BAD,
                Topic.LETTERS,
                "Ik krijg brieven van de Belastingdienst over mijn toeslag en ik snap ze niet",
            ],
            22: [GOOD],
            50: [GOOD],
        },
        deeds=(
            Deed(at(2025, 11, 26, 9, 20), "dennis", "take"),
            Deed(at(2025, 11, 26, 14, 5), "dennis", "contacted"),
            Deed(
                at(2025, 12, 1, 11, 30),
                "dennis",
                "resolve",
                OutcomeKind.HELPED,
                "Samen met de formulierenbrigade de toeslag aangepast. Sandra heeft het zelf "
                "ingevuld.",
                ("forms-brigade",),
            ),
        ),
    ),
    Person(  # stopped, as one may at any time
        "Ingrid",
        "velsen",
        date(2025, 12, 4),
        date(2025, 12, 8),
        consent="ja",
        told={1: [GOOD], 8: ["STOP"]},
    ),
    Person(  # the job was lost; the coach is on it
        "Dirk",
        "velsen",
        date(2025, 12, 29),
        date(2026, 1, 5),
        channel=TELEGRAM,
        contract_end=date(2026, 7, 4),
        consent="yes",
        told={1: [GOOD], 8: [SO_SO], 22: [SO_SO], 50: [LOST, "Mijn contract is niet verlengd"]},
        deeds=(
            Deed(at(2026, 2, 25, 9, 5), "sanne", "take"),
            Deed(at(2026, 2, 25, 11, 40), "sanne", "contacted"),
            Deed(
                at(2026, 2, 25, 11, 50),
                "sanne",
                "note",
                note="Dirk wil graag in de bouw blijven. Jobhunter kijkt mee.",
            ),
            Deed(
                at(2026, 2, 26, 10, 0),
                "sanne",
                "write",
                note="Morgen om 10 uur kun je langskomen op het Leerwerkcentrum. Lukt dat?",
            ),
        ),
    ),
    Person(  # trouble at work, taken up by the coach
        "Kevin",
        "velsen",
        date(2026, 1, 5),
        date(2026, 1, 8),
        consent="JA",
        told={1: [GOOD], 8: [GOOD], 22: [SO_SO]},
        wrote=(
            (
                at(2026, 3, 2, 7, 50),
                [BAD, Topic.WORK, "Mijn baas zet mij elk weekend in, dat was niet afgesproken"],
            ),
        ),
        deeds=(Deed(at(2026, 3, 2, 9, 15), "sanne", "take"),),
    ),
    of_beverwijk(  # in the middle, and it goes well; in English
        "Marek",
        date(2026, 1, 8),
        date(2026, 1, 12),
        language="en",
        consent="ok",
        told={1: [GOOD], 8: [GOOD], 22: [GOOD, "thanks"]},
    ),
    Person(  # agreed to write only when there is something
        "Samira",
        "velsen",
        date(2026, 1, 15),
        date(2026, 1, 19),
        form=Form.PASSIVE,
        consent="ja",
        wrote=(
            (
                at(2026, 2, 10, 19, 10),
                ["HULP", Topic.HOME, "De opvang voor mijn zoontje stopt volgende week"],
            ),
        ),
        deeds=(
            Deed(at(2026, 2, 11, 9, 45), "karin", "take"),
            Deed(at(2026, 2, 11, 10, 15), "karin", "contacted"),
            Deed(
                at(2026, 2, 13, 15, 0),
                "karin",
                "resolve",
                OutcomeKind.REFERRED,
                "Via maatschappelijk werk is een gastouder gevonden.",
                ("social-worker",),
            ),
        ),
    ),
    of_beverwijk(  # offered, and refused at the interview
        "Peter",
        date(2026, 1, 22),
        date(2026, 2, 1),
        form=Form.DECLINED,
    ),
    of_beverwijk(  # Telegram in English; a call for help that Beverwijk has in hand
        "Grace",
        date(2026, 2, 2),
        date(2026, 2, 4),
        channel=TELEGRAM,
        language="en",
        consent="yes",
        told={
            1: [GOOD],
            8: [SO_SO],
            22: [BAD, Topic.HEALTH, "The night shifts are hard, I sleep three hours"],
        },
        deeds=(
            Deed(at(2026, 2, 27, 10, 10), "dennis", "take"),
            Deed(at(2026, 2, 27, 10, 30), "dennis", "contacted"),
        ),
    ),
    Person(  # an open call about money: what waits for the consultant this morning
        "Linda",
        "velsen",
        date(2026, 2, 3),
        date(2026, 2, 6),
        channel=TELEGRAM,
        consent="yes",
        told={1: [GOOD], 8: [GOOD]},
        wrote=(
            (
                at(2026, 3, 2, 8, 20),
                [BAD, Topic.MONEY, "De huur is afgeschreven en nu sta ik rood"],
            ),
        ),
    ),
    Person(  # asked, reminded, never answered
        "Robin",
        "velsen",
        date(2026, 2, 12),
        date(2026, 2, 16),
        coach="mourad",
    ),
    Person("Joyce", "velsen", date(2026, 2, 26), date(2026, 3, 9)),  # asked, not answered yet
    of_beverwijk(  # has not opened the link of the invitation
        "Youssef",
        date(2026, 2, 26),
        date(2026, 3, 4),
        channel=TELEGRAM,
    ),
    Person(HEROINE, "velsen", date(2026, 2, 27), date(2026, 3, 2), consent="JA"),  # begins today
    of_beverwijk(  # writes Polish, and in own words
        "Zofia",
        date(2026, 1, 22),
        date(2026, 1, 26),
        language="pl",
        consent="tak",
        told={
            1: [GOOD],
            8: ["Wszystko w porządku, koledzy są mili"],
            22: [SO_SO, "Szef nie płaci mi za nadgodziny"],
        },
        deeds=(
            Deed(at(2026, 2, 18, 9, 40), "mourad", "take"),
            Deed(at(2026, 2, 18, 9, 55), "mourad", "contacted"),
            Deed(
                at(2026, 2, 18, 10, 5),
                "mourad",
                "note",
                note="Loonstroken opgevraagd. Zofia belt liever na vier uur.",
            ),
            Deed(
                at(2026, 2, 20, 15, 30),
                "mourad",
                "hand_over",
                note="Ik ben er in maart een week niet. Bel jij de werkgever over de overuren?",
                to="sanne",
            ),
        ),
    ),
    Person(  # writes Ukrainian; letters that the municipality explained
        "Oksana",
        "velsen",
        date(2026, 1, 29),
        date(2026, 2, 2),
        channel=TELEGRAM,
        language="uk",
        consent="yes",
        told={
            1: ["Все добре, робота мені подобається"],
            8: [BAD, "Я отримала листа від податкової і нічого не розумію"],
        },
        deeds=(
            Deed(at(2026, 2, 11, 11, 0), "karin", "take"),
            Deed(at(2026, 2, 11, 11, 20), "karin", "contacted"),
            Deed(at(2026, 2, 16, 14, 0), "karin", "resolve", note="Brief samen gelezen."),
        ),
    ),
    Person(  # writes Turkish; shouting at work, and what the coach did
        "Mehmet",
        "velsen",
        date(2026, 2, 5),
        date(2026, 2, 9),
        language="tr",
        consent="evet",
        told={
            1: ["İş iyi gidiyor, teşekkürler"],
            8: [BAD, "Patronum her gün bana bağırıyor, çok stresliyim"],
        },
        deeds=(
            Deed(at(2026, 2, 18, 13, 0), "sanne", "take"),
            Deed(at(2026, 2, 18, 13, 30), "sanne", "contacted"),
            Deed(
                at(2026, 2, 24, 16, 0),
                "sanne",
                "resolve",
                OutcomeKind.PARTLY,
                "Gesprek met de werkgever gehad. Over een maand nog eens bellen.",
                ("employer-visit", "coach-contact"),
            ),
        ),
    ),
    of_beverwijk(  # danger this morning; the consultant has it in hand
        "Thijs",
        date(2026, 1, 29),
        date(2026, 2, 3),
        consent="ja",
        told={1: [GOOD], 8: [SO_SO]},
        wrote=((at(2026, 3, 2, 9, 20), ["Ik wil niet meer leven"]),),
        deeds=(Deed(at(2026, 3, 2, 9, 31), "dennis", "take"),),
    ),
    Person(  # the number was written down wrongly: nothing arrives
        "Sem",
        "velsen",
        date(2026, 2, 24),
        date(2026, 3, 2),
        reached=False,
    ),
)


def unreachable() -> frozenset[str]:
    """The numbers that do not exist."""
    return frozenset(
        number_of(position) for position, person in enumerate(PEOPLE, 1) if not person.reached
    )


def begins() -> datetime:
    """The moment at which the past begins."""
    first = min(person.enrolled for person in PEOPLE)
    return datetime.combine(first - timedelta(days=1), time(9), ZONE)
