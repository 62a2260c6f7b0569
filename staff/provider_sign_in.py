"""Signing in through the organisation's provider: there and back, and which colleague it is.

What must come back is kept in the database, for one use and ten minutes. Nobody gets an account by
it: the colleague must be known here by e-mail address. From the first time on the colleague is
recognised by the provider's own name for them (`sub`), so that an address that was handed on to
somebody else opens nothing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import N_, Refused, Service
from conversations.words import Role
from staff.provider import Leaving, find
from staff.provider_settings import ProviderSettings
from storage.encryption import ring
from storage.models import AuditEntry, ProviderRequest, StaffMember

BACK_WITHIN = timedelta(minutes=10)


class NotExpected(Refused):
    """Nobody was sent to the provider for this answer, or it was used before."""


@dataclass(frozen=True)
class Expected:
    """What an answer must fit, and where the colleague wanted to go."""

    nonce: str
    verifier: str
    onward: str


async def remember(service: Service, leaving: Leaving, onward: str) -> str:
    """Keep what must come back. Returns the token for a cookie: only this browser may come."""
    token = secrets.token_urlsafe(32)
    now = service.now()
    async with service.database.write() as session:
        await session.execute(delete(ProviderRequest).where(ProviderRequest.expires_at <= now))
        session.add(
            ProviderRequest(
                state_hash=_hash("state", leaving.state),
                browser_hash=_hash("browser", token),
                nonce=leaving.nonce,
                verifier=leaving.verifier,
                onward=onward,
                expires_at=now + BACK_WITHIN,
            )
        )
    return token


async def recall(service: Service, state: str, browser: str) -> Expected:
    """What an answer with `state` must fit; once. Raises `NotExpected`."""
    async with service.database.write() as session:
        found = (
            await session.execute(
                delete(ProviderRequest)
                .where(
                    ProviderRequest.state_hash == _hash("state", state),
                    ProviderRequest.browser_hash == _hash("browser", browser),
                    ProviderRequest.expires_at > service.now(),
                )
                .returning(ProviderRequest.nonce, ProviderRequest.verifier, ProviderRequest.onward)
            )
        ).first()
    if found is None:
        raise NotExpected(N_("Signing in took too long, or was done already. Begin again."))
    return Expected(*found)


async def colleague(
    service: Service, settings: ProviderSettings, claims: Mapping[str, Any]
) -> StaffMember:
    """The colleague of whom the provider speaks, with the role that it gives. Raises `Refused`."""
    async with service.database.write() as session:
        found = await _recognised(session, settings, claims)
        role = _role(settings, claims)
        if role is not None and role is not found.role:
            found.role = role
            _audit(session, service, found, "role_by_provider")
        _audit(session, service, found, "sign_in")
        return found


async def _recognised(
    session: AsyncSession, settings: ProviderSettings, claims: Mapping[str, Any]
) -> StaffMember:
    subject = _hash("subject", f"{settings.issuer} {claims['sub']}")
    known: StaffMember | None = await session.scalar(
        select(StaffMember).where(StaffMember.subject_hash == subject)
    )
    email = find(claims, settings.claim)
    if known is None and isinstance(email, str) and _is_verified(settings, claims):
        known = await session.scalar(
            select(StaffMember).where(
                StaffMember.email_hash == ring().look_up("email", email.strip().casefold())
            )
        )
        if known is not None and known.subject_hash is not None:
            raise Refused(
                N_(
                    "Your organisation's sign-in service knows you as somebody else than before. "
                    "Ask your administrator to reset your second step."
                )
            )
    if known is None or known.left_at is not None:
        raise Refused(
            N_("You signed in, but there is no account for you here. Ask your administrator.")
        )
    known.subject_hash = subject
    return known


def _is_verified(settings: ProviderSettings, claims: Mapping[str, Any]) -> bool:
    return settings.claim != "email" or claims.get("email_verified") not in (False, "false")


def _role(settings: ProviderSettings, claims: Mapping[str, Any]) -> Role | None:
    """The first role of the settings that the provider gives; None when it does not decide."""
    if not settings.role_claim:
        return None
    given = find(claims, settings.role_claim)
    names = given if isinstance(given, list) else [given]
    for name, role in settings.roles.items():
        if name in names:
            return role
    raise Refused(
        N_("You signed in, but your organisation gives you no role here. Ask your administrator.")
    )


def _audit(session: AsyncSession, service: Service, staff_member: StaffMember, action: str) -> None:
    session.add(AuditEntry(at=service.now(), staff_member_id=staff_member.id, action=action))


def _hash(kind: str, value: str) -> bytes:
    return ring().look_up(f"provider {kind}", value)
