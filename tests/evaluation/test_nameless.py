"""No name, number or address is left in a line to train with."""

import pytest

from evaluation.nameless import nameless


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Ik ben Amina en mijn baas betaalt niet", "Ik ben [naam] en mijn baas betaalt niet"),
        ("AMINA hier, bel me 06 12 34 56 78", "[naam] hier, bel me [nummer]"),
        ("bel +31 6 12345678 of 0251-123456", "bel [nummer] of [nummer]"),
        ("bel me op 0612345678!", "bel me op [nummer]!"),
        ("mail amina.b@example.org aub", "mail [e-mail] aub"),
        ("geld naar NL91 ABNA 0417 1643 00 graag", "geld naar [rekening] graag"),
        ("mijn bsn is 123456782", "mijn bsn is [nummer]"),
        ("bsn 123.456.782", "bsn [nummer]"),
        ("ik woon op 1971 AB", "ik woon op [postcode]"),
        ("Zeeweg 12a is nat", "[adres] is nat"),
        ("op 12 maart 2026 moet ik eruit", "op [datum] moet ik eruit"),
        ("voor 31-12-2026 betalen", "voor [datum] betalen"),
        ("ik heet youssef", "ik heet [naam]"),
        ("mijn buurman Kees schreeuwt", "mijn buurman [naam] schreeuwt"),
        ("met wouter gepraat", "met [naam] gepraat"),
        ("de brief van het UWV en DigiD", "de brief van het UWV en [naam]"),
        ("huur is 850 euro, ik heb 2 kinderen", "huur is 850 euro, ik heb 2 kinderen"),
        ("wacht al 2026 dagen op 1200 euro", "wacht al 2026 dagen op 1200 euro"),
        ("sofia belt sofia", "[naam] belt [naam]"),
        ("debt | ik\nheb schuld", "debt ik heb schuld"),
        ("٠٦١٢٣٤٥٦٧٨ أنا أمينة", "[nummer] أنا أمينة"),
        ("زوجي ياسين مريض", "زوجي [naam] مريض"),
        ("", ""),
    ],
)
def test_what_tells_who_it_is_becomes_a_placeholder(written: str, left: str) -> None:
    names = ("Amina", "Wouter de Testcoach", "ياسين", "sofia")
    assert nameless(written, names) == left
    assert nameless(left, names) == left


def test_a_short_name_is_a_name_only_with_its_capital() -> None:
    assert nameless("ik wil stoppen", ["Wil"]) == "ik wil stoppen"
    assert nameless("Wil is ziek, zegt Wil", ["Wil"]) == "[naam] is ziek, zegt [naam]"


def test_a_sentence_in_capitals_keeps_its_words() -> None:
    assert nameless("IK WIL EEN ANDERE BAAS AMINA", ["Amina"]) == "IK WIL EEN ANDERE BAAS [naam]"


def test_a_huge_text_takes_no_time() -> None:
    assert len(nameless("06 " * 5000 + "a" * 5000, ["Amina"])) < 20_000
