"""Can every module be read from top to bottom? No more than 350 lines."""

from collections.abc import Iterator
from pathlib import Path

LONGEST = 350
_ROOT = Path(__file__).parents[2]
_OUTSIDE = {".venv", "build"}


def problems() -> Iterator[str]:
    """The modules that are too long."""
    for path in sorted(_ROOT.rglob("*.py")):
        if _OUTSIDE & set(path.parts):
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST:
            yield f"{path.relative_to(_ROOT)}: {lines} lines, more than {LONGEST}"
