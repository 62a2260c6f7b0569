"""Encrypted in the column, found by a keyed hash; keys that are wrong, moved, changed, exposed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.encryption import KEY_BYTES, KeyRing, WrongKeys, key_file, new_key

OLD, NEW = new_key(), new_key()
RING = KeyRing.parse(OLD)


@given(st.text(max_size=300))
def test_what_was_encrypted_comes_back_the_same(text: str) -> None:
    assert RING.decrypt(RING.encrypt(text, "message.text"), "message.text") == text


def test_the_same_text_is_never_stored_the_same_twice() -> None:
    sealed = {RING.encrypt("Amina", "client.first_name") for _ in range(50)}
    assert len(sealed) == 50
    assert not any(b"Amina" in one for one in sealed)


def test_another_key_does_not_open_it() -> None:
    sealed = KeyRing.parse(NEW).encrypt("Amina", "client.first_name")
    with pytest.raises(WrongKeys, match="not in the ring"):
        RING.decrypt(sealed, "client.first_name")


def test_a_value_moved_to_another_column_does_not_open() -> None:
    sealed = RING.encrypt("Amina", "client.first_name")
    with pytest.raises(WrongKeys, match=r"outcome\.note"):
        RING.decrypt(sealed, "outcome.note")


@given(st.integers(4, 200), st.integers(1, 255))
def test_a_changed_value_does_not_open(position: int, change: int) -> None:
    sealed = bytearray(RING.encrypt("ik kan de huur niet betalen", "message.text"))
    sealed[4 + position % (len(sealed) - 4)] ^= change
    with pytest.raises(WrongKeys):
        RING.decrypt(bytes(sealed), "message.text")


@pytest.mark.parametrize("length", [0, 3, 4, 8, 15, 16, 20, 31])
def test_a_value_cut_short_does_not_open(length: int) -> None:
    sealed = RING.encrypt("x", "message.text")
    with pytest.raises(WrongKeys):
        RING.decrypt(sealed[:length], "message.text")


def test_after_rotation_old_values_open_and_new_ones_need_the_new_key() -> None:
    before = RING.encrypt("Amina", "client.first_name")
    rotated = KeyRing.parse(f"{NEW},{OLD}")
    assert rotated.decrypt(before, "client.first_name") == "Amina"
    after = rotated.encrypt("Bram", "client.first_name")
    assert KeyRing.parse(NEW).decrypt(after, "client.first_name") == "Bram"
    with pytest.raises(WrongKeys):
        RING.decrypt(after, "client.first_name")


def test_after_rotation_people_are_still_found() -> None:
    number = "+31600000001"
    rotated = KeyRing.parse(f"{NEW},{OLD}")
    assert rotated.look_up("number", number) == RING.look_up("number", number)


def test_a_look_up_tells_nothing_without_the_key_and_differs_by_kind() -> None:
    number = "+31600000001"
    hashed = RING.look_up("number", number)
    assert len(hashed) == 32
    assert hashed != KeyRing.parse(NEW).look_up("number", number)
    assert hashed != RING.look_up("chat", number)
    assert hashed != RING.look_up("number", "+31600000002")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no key"),
        (" , ", "no key"),
        ("abc", "bytes instead of"),
        ("geheim!", "key"),
        (OLD[:-8], "bytes instead of"),
        (OLD + "A" * 8, "key"),
        (f"{OLD},short", "key"),
    ],
    ids=["nothing", "commas", "too short", "no base64", "cut", "two in one", "one good one bad"],
)
def test_what_is_no_key_is_refused_and_not_repeated(text: str, why: str) -> None:
    with pytest.raises(WrongKeys, match=why) as refused:
        KeyRing.parse(text)
    assert not text.strip(" ,") or text not in str(refused.value)


def test_keys_are_read_with_or_without_padding_and_spaces() -> None:
    sealed = RING.encrypt("Amina", "client.first_name")
    for written in (OLD.rstrip("="), f"  {OLD} ", f"{OLD},"):
        assert KeyRing.parse(written).decrypt(sealed, "client.first_name") == "Amina"


def test_every_fresh_key_is_another_of_the_right_size() -> None:
    keys = {new_key() for _ in range(20)}
    assert len(keys) == 20
    for key in keys:
        KeyRing.parse(key)
    assert KEY_BYTES == 32


# The key file.


def test_the_key_file_is_made_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "keys"
    text = key_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    KeyRing.parse(text)


def test_the_key_file_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    sealed = KeyRing.parse(key_file(path)).encrypt("Amina", "client.first_name")
    again = KeyRing.parse(key_file(path))
    assert again.decrypt(sealed, "client.first_name") == "Amina"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_key_file_that_others_can_read_is_refused_with_what_to_do(
    tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "keys"
    key_file(path)
    path.chmod(mode)
    with pytest.raises(WrongKeys, match="chmod 600"):
        key_file(path)


def test_a_key_file_may_hold_several_keys_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.touch(0o600)
    path.write_text(f"{NEW}\n{OLD}\n")
    rotated = KeyRing.parse(key_file(path))
    assert rotated.decrypt(RING.encrypt("Amina", "x"), "x") == "Amina"


def test_an_empty_key_file_is_refused_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.touch(0o600)
    with pytest.raises(WrongKeys):
        KeyRing.parse(key_file(path))
    assert path.read_text() == ""
