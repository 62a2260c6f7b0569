"""The texts of the guided tour."""

from collections.abc import Mapping
from dataclasses import dataclass

import locales


@dataclass(frozen=True)
class Tour:
    """The story in one language: the names of its steps, and what to do at each point."""

    heading: str
    steps: tuple[str, ...]
    tasks: Mapping[str, str]
    show_me: str
    close: str
    step: str
    done: str
    choose: str
    more: tuple[str, str, str]


_NL = Tour(
    heading="Vijf stappen, twee minuten",
    steps=("De check-in", "Het antwoord", "Het bericht", "De hulp", "Het verslag"),
    tasks={
        "check_in": "Amina begon vandaag met werken. Morgenavond vraagt Nazorg hoe het gaat. "
        "**Zet de klok naar haar volgende check-in.**",
        "answer": "Amina krijgt haar check-in, een gewone sms. Het gaat niet goed. **Antwoord 3.**",
        "answer_again": "Genoteerd. Maar een antwoord mag veranderen, en dan begint het verhaal. "
        "**Antwoord alsnog 3.**",
        "topic": "Waar gaat het over? Zes keuzes, geen lange lijst. **Kies 2: geld of schulden.**",
        "own_words": "De hulpvraag staat er al. Wie wil, vertelt meer. "
        "**Tik op de zin, of typ zelf iets.**",
        "own_words_other": "De hulpvraag staat er al. Wie wil, vertelt meer. "
        "**Tik op de zin, of typ zelf iets.**",
        "stopped": "Amina is gestopt. Dat mag altijd, en er gaat niets meer uit. "
        "**Kies Begin opnieuw voor het verhaal.**",
        "open_mail": "Amina weet nu wie er belt, en wanneer uiterlijk. Eén loket krijgt een mail, "
        "zonder naam of reden. **Open de bovenste mail.**",
        "take": "De collega leest wat Amina schreef. **Pak de hulpvraag op**, dan weet "
        "iedereen wie het doet.",
        "contacted": "Nu belt de collega met Amina. **Leg vast dat er contact was.**",
        "resolve": "Geregeld? **Rond de hulpvraag af:** hoe liep het af, en wat is ingezet? "
        "Zo is later te meten wat werkt.",
        "read_back": "Lees het gesprek terug. **Open het dossier van Amina.** Daar staat ook "
        "wie het heeft gelezen.",
        "done": "Dat was het: van vraag tot hulp, en alles is terug te vinden. **Probeer ook:**",
    },
    show_me="Wijs aan",
    close="Sluit de rondleiding",
    step="Stap",
    done="gedaan",
    choose="Kies Amina",
    more=(
        "Youssef opent zijn uitnodiging",
        "Wat de werkcoach níet ziet van Linda",
        "Kevin is in nood",
    ),
)
_EN = Tour(
    heading="Five steps, two minutes",
    steps=("The check-in", "The answer", "The notice", "The help", "The record"),
    tasks={
        "check_in": "Amina started work today. Tomorrow evening Nazorg asks how it is going. "
        "**Set the clock to her next check-in.**",
        "answer": "Amina gets her check-in, a plain text message. It is not going well. "
        "**Answer 3.**",
        "answer_again": "Noted. But an answer may change, and then the story begins. "
        "**Answer 3 after all.**",
        "topic": "What is it about? Six choices, no long list. **Choose 2: money or debts.**",
        "own_words": "The call for help is there already. Whoever wants to tells more. "
        "**Tap the sentence, or type something.**",
        "own_words_other": "The call for help is there already. Whoever wants to tells more. "
        "**Tap the sentence, or type something.**",
        "stopped": "Amina has stopped. One always may, and nothing more is sent. "
        "**Choose Start over for the story.**",
        "open_mail": "Amina now knows who will call, and by when. One desk gets a mail, without "
        "a name or a reason. **Open the topmost mail.**",
        "take": "The colleague reads what Amina wrote. **Take up the call for help**, so that "
        "everybody knows who does it.",
        "contacted": "Now the colleague calls Amina. **Write down that there was contact.**",
        "resolve": "Settled? **Resolve the call for help:** how did it end, and what was used? "
        "That shows later what works.",
        "read_back": "Read the conversation back. **Open Amina's file.** It also says who read it.",
        "done": "That was it: from question to help, and it can all be read back. **Try also:**",
    },
    show_me="Point it out",
    close="Close the tour",
    step="Step",
    done="done",
    choose="Choose Amina",
    more=(
        "Youssef opens his invitation",
        "What the work coach does not see of Linda",
        "Kevin is in danger",
    ),
)
_TOURS = {locales.HOUSE: _NL, locales.SOURCE: _EN}


def of(language: str) -> Tour:
    """The story in `language`."""
    return _TOURS[language]
