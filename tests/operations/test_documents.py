"""What whoever installs this reads is what the program does."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot import metrics
from bot.cli import app
from bot.doctor.finding import CHECKS
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
SETTINGS = (ROOT / "docs" / "settings.md").read_text()


@pytest.mark.parametrize("check", CHECKS)
def test_every_line_of_the_doctor_is_explained(check: str) -> None:
    assert f"| {check} |" in OPERATIONS


def test_every_setting_is_documented() -> None:
    documented = set(re.findall(r"^\| `(NAZORG_\w+)`", SETTINGS, re.MULTILINE))
    assert documented == {f"NAZORG_{name.upper()}" for name in Settings.model_fields}


def test_every_figure_is_documented() -> None:
    source = Path(metrics.__file__).read_text()
    names = {f"nazorg_{name}" for name in re.findall(r'_gauge\(\s*"(\w+)"', source)}
    assert len(names) > 10
    assert names == set(re.findall(r"^\| `(nazorg_\w+)", OPERATIONS, re.MULTILINE))


def test_every_command_is_named_somewhere() -> None:
    files = (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md"))
    documented = "".join(file.read_text() for file in files)
    commands: dict[str, object] = getattr(get_command(app), "commands")  # noqa: B009
    for name in commands:
        assert f"nazorg {name}" in documented


@pytest.mark.parametrize("file", ["nazorg.service", "compose.yaml", "Containerfile"])
def test_what_is_deployed_is_explained(file: str) -> None:
    assert (ROOT / "deploy" / file).is_file()
    assert file in OPERATIONS
