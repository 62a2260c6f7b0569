"""Attempts at a secret, slowed down per account and per address.

Limits in memory count per worker and forget at every deploy (field notes), so they are rows. An
attempt counts as failed before it is made, so that many at once gain nothing.
"""

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select

from aftercare.service import N_, Refused, Service
from storage.encryption import ring
from storage.models import SignInFailure

WINDOW = timedelta(minutes=15)
MOST_FOR_ACCOUNT = 5
MOST_FROM_ADDRESS = 20
"""More than for an account: a whole office can share one address."""


class TooManyAttempts(Refused):
    """Wait, whoever you are."""


@dataclass(frozen=True)
class Attempt:
    """An attempt under way: the rows by which it counts as failed, and whose account it is at."""

    rows: tuple[int, ...]
    account: bytes


async def begin(service: Service, what: str, account: str, address: str) -> Attempt:
    """An attempt at `what` ("sign-in account", "second step"...) of `account`, from `address`.

    Raises `TooManyAttempts`; such an attempt itself does not count, so that the wait has an end.
    """
    now = service.now()
    subject = ring().look_up(what, account)
    most = {
        subject: MOST_FOR_ACCOUNT,
        ring().look_up("sign-in address", _network(address)): MOST_FROM_ADDRESS,
    }
    async with service.database.write() as session:
        await session.execute(delete(SignInFailure).where(SignInFailure.at <= now - WINDOW))
        added = [SignInFailure(subject=one, at=now) for one in most]
        session.add_all(added)
        await session.flush()
        rows = tuple(row.id for row in added)
    wait = await _wait(service, most)
    if wait is None:
        return Attempt(rows, subject)
    async with service.database.write() as session:
        await session.execute(delete(SignInFailure).where(SignInFailure.id.in_(rows)))
    minutes = math.ceil(wait.total_seconds() / 60)
    raise TooManyAttempts(
        N_("Too many attempts. Wait {minutes} minutes and try again."),
        minutes=str(max(minutes, 1)),
    )


async def succeeded(service: Service, attempt: Attempt) -> None:
    """It was right: nothing counts against the account any more, nor this against the address."""
    async with service.database.write() as session:
        await session.execute(
            delete(SignInFailure).where(
                (SignInFailure.subject == attempt.account) | SignInFailure.id.in_(attempt.rows)
            )
        )


async def _wait(service: Service, most: Mapping[bytes, int]) -> timedelta | None:
    """How long until there is room again, or None when there is."""
    now = service.now()
    async with service.database.read() as session:
        counted = await session.execute(
            select(SignInFailure.subject, func.count(), func.min(SignInFailure.at))
            .where(SignInFailure.subject.in_(most), SignInFailure.at > now - WINDOW)
            .group_by(SignInFailure.subject)
        )
        over = [first for subject, count, first in counted if count > most[subject]]
    return max(over) + WINDOW - now if over else None


def _network(address: str) -> str:
    """One subject for a whole IPv6 network: whoever has one has 2^64 addresses."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
