"""Are the catalogues complete, and do the translations fill in the same words?

`python -m tests.checks.catalogues --update` puts new sentences into every catalogue, empty, and
drops those that are no longer said; a person then translates.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import locales
from conversations import leaflet
from conversations.phrases import TEXT

ROOT = Path(__file__).parents[2]
_BRACES = re.compile(r"{(\w*)}")
_METHODS = [("**.py", "python"), ("**.html", "jinja2.ext.babel_extract")]
_OPTIONS = {"**.html": {"encoding": "utf-8"}}
_KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def source(domain: str) -> dict[str, str]:
    """The msgids of `domain`, each with a comment that tells the translator where it is."""
    if domain == locales.PHRASES:
        return {text: str(name) for name, text in [*TEXT.items(), *leaflet.TEXT.items()]}
    found: dict[str, str] = {}
    for room in ("aftercare", "bot", "evaluation", "staff"):
        for file, _line, message, _comments, _context in extract_from_dir(
            ROOT / room, _METHODS, _OPTIONS, _KEYWORDS
        ):
            found.setdefault(message if isinstance(message, str) else message[0], f"{room}/{file}")
    return found


def problems() -> Iterator[str]:
    """What is wrong with the catalogues, a line each."""
    for domain in (locales.PHRASES, locales.CONSOLE):
        wanted = source(domain)
        for language in locales.languages(domain):
            if language == locales.SOURCE:
                continue
            catalogue = _read(language, domain)
            if "ritten by" not in catalogue.header_comment:
                yield f"{language}/{domain}: say in its first lines who wrote it and who reviews it"
            for text, place in wanted.items():
                said = catalogue.get(text)
                if said is None or not said.string:
                    yield f"{language}/{domain}: not translated ({place}): {text}"
                elif said.fuzzy:
                    yield f"{language}/{domain}: marked as doubtful ({place}): {text}"
                else:
                    strings = [said.string] if isinstance(said.string, str) else said.string
                    for string in strings:
                        if set(_BRACES.findall(string)) != set(_BRACES.findall(text)):
                            yield f"{language}/{domain}: words in braces differ ({place}): {string}"
            for message in catalogue:
                msgid = message.id if isinstance(message.id, str) else message.id[0]
                if msgid and msgid not in wanted:
                    yield f"{language}/{domain}: no longer said: {msgid}"


def update() -> None:
    """Bring every catalogue in step with what is said."""
    for domain in (locales.PHRASES, locales.CONSOLE):
        for language in locales.languages(domain):
            if language == locales.SOURCE:
                continue
            old, new = _read(language, domain), _empty(language, domain)
            new.header_comment, new.last_translator = old.header_comment, old.last_translator
            new.creation_date = old.creation_date  # or every run would differ
            for text, place in source(domain).items():
                known = old.get(text)
                new.add(
                    text,
                    known.string if known else "",
                    auto_comments=[place],
                    user_comments=known.user_comments if known else (),
                    flags=known.flags if known else (),
                )
            path = locales.catalogue_path(language, domain)
            with path.open("wb") as file:
                write_po(file, new, width=96, sort_output=False, omit_header=False)


def _empty(language: str, domain: str) -> Catalog:
    return Catalog(language, domain, project="Nazorgbot", version="1", charset="utf-8", fuzzy=False)


def _read(language: str, domain: str) -> Catalog:
    path = locales.catalogue_path(language, domain)
    if not path.exists():
        return _empty(language, domain)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=domain)


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    found = list(problems())
    print("\n".join(found) or "catalogues: complete")
    sys.exit(1 if found else 0)
