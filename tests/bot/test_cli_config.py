"""`nazorg config`: the configuration as one file, by whoever keeps the server."""

from pathlib import Path

from aftercare.setup import IJMOND
from tests.bot.command import Command


def test_what_goes_out_comes_in_again(nazorg: Command, tmp_path: Path) -> None:
    out = nazorg("config", "export")
    assert out.code == 0
    file = tmp_path / "ours.toml"
    file.write_text(out.out.replace('"Inkomen Velsen"', '"Werk en Inkomen"'))
    told = nazorg("config", "import", str(file))
    assert 'desk velsen, name: "Inkomen Velsen" -> "Werk en Inkomen"' in told.out
    assert "1 would change" in told.out
    assert "1 changed" in nazorg("config", "import", str(file), "--apply").out
    assert "Werk en Inkomen" in nazorg("config", "export").out
    assert "0 would change" in nazorg("config", "import", str(file)).out


def test_an_empty_database_begins_with_the_file(nazorg: Command, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(IJMOND.read_text().replace("beverwijk", "bloemendaal"))
    assert nazorg("config", "import", str(file), "--apply").code == 0
    assert "beverwijk" not in nazorg("config", "export").out


def test_a_mistake_is_named_and_nothing_is_changed(nazorg: Command, tmp_path: Path) -> None:
    before = nazorg("config", "export").out
    file = tmp_path / "ours.toml"
    file.write_text(before.replace('side = "work"', 'side = "werk"'))
    ran = nazorg("config", "import", str(file), "--apply")
    assert ran.code == 2
    assert "desk ijmond-werkt, side" in ran.err
    assert nazorg("config", "export").out == before
    assert nazorg("config", "import", str(tmp_path / "nowhere.toml")).code == 2
