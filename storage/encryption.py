"""Names, numbers, chat ids and texts are encrypted in the column; found again by a keyed hash.

AES-256-GCM with a random nonce; the column's name is bound in, so that a value moved to another
column does not open. The ring's first key encrypts, every key decrypts. The *last* (oldest) key
also keys the look-up hash, so it stays in the ring when a new key is put in front.
"""

import base64
import binascii
import hmac
import os
import secrets
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

KEY_BYTES = 32
_ID_BYTES, _NONCE_BYTES = 4, 12


class WrongKeys(Exception):
    """The keys given are not keys, or not those of this database."""


class Unreadable(WrongKeys):
    """A value that was changed or moved since it was written: no key will ever read it."""


class KeyRing:
    """The keys of one installation, newest first."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys:
            raise WrongKeys("no key given; make one with: nazorg key")
        self._ciphers = {_key_id(key): AESGCM(key) for key in keys}
        self._newest = _key_id(keys[0])
        self._look_up_key = HKDF(SHA256(), KEY_BYTES, None, b"nazorg look-up").derive(keys[-1])

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """A ring from base64 keys of 32 bytes, parted by commas. Raises `WrongKeys`."""
        keys = []
        for part in filter(None, (part.strip() for part in text.split(","))):
            try:
                padded = part + "=" * (-len(part) % 4)
                key = base64.b64decode(padded, altchars=b"-_", validate=True)
            except (binascii.Error, ValueError):
                raise WrongKeys("a key is not base64; make one with: nazorg key") from None
            if len(key) != KEY_BYTES:
                raise WrongKeys(f"a key has {len(key)} bytes instead of {KEY_BYTES}")
            keys.append(key)
        return cls(keys)

    def encrypt(self, text: str, place: str) -> bytes:
        """`text` as bytes that only this ring opens, only at `place`. Half a character (a lone
        surrogate), which has no bytes, is kept as a question mark."""
        nonce = os.urandom(_NONCE_BYTES)
        plain = text.encode("utf-8", "replace")
        sealed = self._ciphers[self._newest].encrypt(nonce, plain, place.encode())
        return self._newest + nonce + sealed

    def decrypt(self, sealed: bytes, place: str) -> str:
        """The text of `encrypt`. Raises `WrongKeys`."""
        cipher = self._ciphers.get(sealed[:_ID_BYTES])
        if cipher is None or len(sealed) < _ID_BYTES + _NONCE_BYTES:
            raise WrongKeys("this database was written with a key that is not in the ring")
        nonce = sealed[_ID_BYTES : _ID_BYTES + _NONCE_BYTES]
        try:
            return cipher.decrypt(
                nonce, sealed[_ID_BYTES + _NONCE_BYTES :], place.encode()
            ).decode()
        except InvalidTag:
            raise Unreadable(f"a value in {place} was changed or moved") from None

    def look_up(self, kind: str, value: str) -> bytes:
        """A keyed hash by which `value` is found without being stored (32 bytes)."""
        return hmac.digest(self._look_up_key, f"{kind}:{value}".encode(), "sha256")


def new_key() -> str:
    """A fresh key, as base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def key_file(path: Path) -> str:
    """The keys in `path`; made with one fresh key, readable by its owner only, if absent."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            raise WrongKeys(
                f"{path} can be read by others; put it right with: chmod 600 {path}"
            ) from None
        return path.read_text().replace("\n", ",")
    with os.fdopen(handle, "w") as file:
        file.write(new_key() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return path.read_text()


_ring: KeyRing | None = None


def use(ring: KeyRing) -> None:
    """Make `ring` the one that columns are encrypted with, in this process."""
    global _ring
    _ring = ring


def ring() -> KeyRing:
    """The ring in use."""
    if _ring is None:
        raise WrongKeys("no key ring is in use")
    return _ring


class Encrypted(TypeDecorator[str]):
    """A text column that only the key ring can read. `place` names it, as "client.number"."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else ring().encrypt(value, self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else ring().decrypt(value, self.place)


def _key_id(key: bytes) -> bytes:
    return blake2b(key, digest_size=_ID_BYTES, person=b"nazorg key id").digest()
