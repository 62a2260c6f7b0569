"""How a command prints its report: as JSON, or as indented text that leaves out what is empty."""

import json
from datetime import date

import typer


def print_report(report: object, as_json: bool) -> None:
    """Print plain values: dicts, lists, words, numbers, moments."""
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2, default=_plain))
    else:
        typer.echo("\n".join(_lines(report, "")))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _lines(value: object, indent: str) -> list[str]:
    """`value` as indented text, leaving out what is empty."""
    match value:
        case dict():
            lines = []
            for name, one in value.items():
                if one in (None, "", [], {}):
                    continue
                if isinstance(one, dict | list):
                    lines += [f"{indent}{name}:", *_lines(one, indent + "  ")]
                else:
                    lines.append(f"{indent}{name}: {_plain(one)}")
            return lines
        case list():
            if not value:
                return [f"{indent}nothing"]
            return [
                f"{indent}- {line.strip()}" if first else line
                for one in value
                for first, line in _marked(_lines(one, indent + "  "))
            ]
        case _:
            return [f"{indent}{_plain(value)}"]


def _marked(lines: list[str]) -> list[tuple[bool, str]]:
    return [(position == 0, line) for position, line in enumerate(lines)]
