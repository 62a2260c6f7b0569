"""Passwords: argon2id with the library's current parameters (RFC 9106, low memory).

Hashing takes some 50 ms and 64 MiB, so it happens in a thread, and in few at a time: a flood of
attempts waits in line instead of eating the memory.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

_hasher = PasswordHasher()
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")


async def hashed(password: str) -> str:
    """What is stored of `password`."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def matches(password_hash: str | None, password: str) -> bool:
    """Whether `password` belongs to the hash. For None or "", whoever is
    unknown or has no password, it is as much work and never right."""
    return await asyncio.get_running_loop().run_in_executor(
        _threads, _matches, password_hash, password
    )


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than those of today."""
    return _hasher.check_needs_rehash(password_hash)


def _matches(password_hash: str | None, password: str) -> bool:
    try:
        _hasher.verify(password_hash or _nobodys_hash(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return bool(password_hash)


@lru_cache
def _nobodys_hash() -> str:
    return _hasher.hash("the password of nobody")
