"""A municipality's own colours and faces: a file that sets the tokens of `static/console.css`.

Such a file reaches every page of every colleague, so of CSS it may hold one rule with custom
properties and nothing else: nothing that fetches, hides or moves anything.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

LARGEST = 64 * 1024
_SELECTOR = re.compile(r":root|\.[A-Za-z][\w-]*")
_DECLARATION = re.compile(r"(--[A-Za-z][\w-]*)\s*:\s*(.+)", re.DOTALL)
_VALUE = re.compile(r"""[\w\s#%.,()'"/*+-]+""")
_CALL = re.compile(r"([\w-]*)\(")
_CALLS = frozenset(
    "calc clamp color color-mix hsl hsla hwb lab lch max min oklab oklch rgb rgba var".split()
)


class WrongTheme(ValueError):
    """The file is no theme; the message names the line and says what may stand there."""


@dataclass(frozen=True)
class Theme:
    """The tokens that are set, as a stylesheet of ours."""

    css: str

    @property
    def address(self) -> str:
        """Where browsers get it; changes with its content."""
        version = hashlib.blake2b(self.css.encode(), digest_size=6).hexdigest()
        return f"/static/theme.css?v={version}"


def read_theme(file: Path) -> Theme:
    """The theme in this file. Raises `WrongTheme`, and `OSError` when it cannot be read."""
    content = file.read_bytes()
    if len(content) > LARGEST:
        raise WrongTheme(f"is larger than {LARGEST // 1024} kB")
    try:
        return parse_theme(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise WrongTheme("is not a text in UTF-8") from None


def parse_theme(text: str) -> Theme:
    """The tokens that this text sets, in one rule whose selector does not matter. Raises
    `WrongTheme`."""
    # Comments become as many lines of nothing, so that lines keep their number.
    text = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)
    selector, opened, rest = text.partition("{")
    body, closed, after = rest.partition("}")
    if not opened or not closed or not _SELECTOR.fullmatch(selector.strip()):
        raise _wrong(text, 0, "must be one rule, :root { ... }")
    if after.strip():
        raise _wrong(text, len(text) - len(after), "nothing may follow the one rule")
    tokens, place = [], len(selector) + 1
    for part in body.split(";"):
        if part.strip():
            tokens.append(_token(text, place, part))
        place += len(part) + 1
    return Theme(":root {\n" + "".join(f"  {token};\n" for token in tokens) + "}\n")


def _token(text: str, place: int, part: str) -> str:
    declaration = _DECLARATION.fullmatch(part.strip())
    if declaration is None:
        raise _wrong(text, place, "must be --NAME: VALUE, a custom property")
    name, value = declaration[1], " ".join(declaration[2].split())
    strange = {call.lower() for call in _CALL.findall(value)} - _CALLS - {""}
    if strange:
        raise _wrong(text, place, f"{sorted(strange)[0]}() may not be used in a value")
    whole = value.count("(") == value.count(")") and not any(value.count(q) % 2 for q in "'\"")
    if not _VALUE.fullmatch(value) or not whole:
        raise _wrong(text, place, f"the value of {name} may hold a colour, size or face only")
    return f"{name}: {value}"


def _wrong(text: str, place: int, why: str) -> WrongTheme:
    start = place + len(text[place:]) - len(text[place:].lstrip())
    return WrongTheme(f"line {text.count(chr(10), 0, start) + 1}: {why}")
