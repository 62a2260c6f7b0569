"""Fixtures of the console's tests."""

import pytest
from argon2 import PasswordHasher

from aftercare.service import Service
from staff import passwords
from tests.staff.provider_world import world
from tests.staff.world import Staff, hire

__all__ = ["world"]


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing that costs next to nothing; one test looks at the real parameters."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 8, 1))
    passwords._nobodys_hash.cache_clear()


@pytest.fixture
async def staff(service: Service) -> Staff:
    """The colleagues."""
    return await hire(service)
