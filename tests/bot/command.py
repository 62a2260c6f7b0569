"""The command `nazorg` without a process of its own, which takes a tenth of the time."""

import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from tests.bot.process import Ran


@dataclass(frozen=True)
class Command:
    """The command `nazorg`, run here and now, in a folder of its own."""

    folder: Path
    _capsys: pytest.CaptureFixture[str]
    _monkeypatch: pytest.MonkeyPatch

    def __call__(self, *arguments: str, **settings: str) -> Ran:
        """Run it to its end. `settings` without `NAZORG_`, in small letters."""
        handlers = logging.getLogger().handlers[:]
        self._capsys.readouterr()
        with self._monkeypatch.context() as patch:
            for name, value in settings.items():
                patch.setenv(f"NAZORG_{name.upper()}", value)
            patch.setattr(sys, "argv", ["nazorg", *arguments])
            with pytest.raises(SystemExit) as ended:
                main()
        logging.getLogger().handlers[:] = handlers
        code = ended.value.code or 0
        assert isinstance(code, int)
        return Ran(code, *self._capsys.readouterr())

    def json(self, *arguments: str, **settings: str) -> Any:
        """Run a command that reports, and read its report."""
        ran = self(*arguments, "--json", **settings)
        assert ran.code == 0, ran.err
        return json.loads(ran.out)
