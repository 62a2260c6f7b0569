"""The second step: a code of an authenticator app (TOTP, RFC 6238), or a recovery code.

Everybody who signs in by password has it; it cannot be turned off. The secret lies encrypted, of
recovery codes only a hash. A code counts once: of the codes up to `last_counter` none is taken
again (RFC 6238, 5.2). Attempts are slowed down as those at passwords are.
"""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import N_, Refused, Service
from staff import attempts
from staff.sessions import end_all
from staff.sign_in import Opened, open_session, sign_out
from storage.encryption import ring
from storage.models import (
    AuditEntry,
    RecoveryCode,
    SecondFactor,
    StaffMember,
    StaffSession,
)

ISSUER = "Nazorg"
"""What an authenticator app shows above the code."""

CODES = 10
_STEP_SECONDS = 30
_EITHER_SIDE = (0, -1, 1)
"""A telephone's clock may be half a minute off."""
_CODE = re.compile(r"\d{6}")
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LETTERS = 10
"""30^10, about 6e14: not to be guessed in a few tries a quarter of an hour."""


@dataclass(frozen=True)
class Standing:
    """A colleague's second step: since when, and how many recovery codes are left."""

    since: datetime | None
    codes_left: int


async def standing(session: AsyncSession, staff_member_id: int) -> Standing:
    """How it stands with the second step of a colleague."""
    since = await session.scalar(
        select(SecondFactor.created_at).where(SecondFactor.staff_member_id == staff_member_id)
    )
    left = await session.scalar(
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.staff_member_id == staff_member_id)
    )
    return Standing(since, left or 0)


async def open_half(service: Service, staff_member: StaffMember, browser: str = "") -> str:
    """A session that opens only the second step; whoever has none yet is offered a secret."""
    token = await open_session(service, staff_member.id, is_half=True, browser=browser)
    async with service.database.read() as session:
        known = await session.get(SecondFactor, staff_member.id)
    if known is None:
        await offer(service, token)
    return token


async def offer(service: Service, token: str) -> None:
    """Make a secret for the authenticator app, to be shown in the session of `token`."""
    async with service.database.write() as session:
        await session.execute(
            update(StaffSession)
            .where(StaffSession.token_hash == ring().look_up("session", token))
            .values(offered_secret=pyotp.random_base32())
        )


def address_of(staff_member: StaffMember, secret: str) -> str:
    """The address that an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=staff_member.email, issuer_name=ISSUER)


async def check(service: Service, staff_member: StaffMember, written: str, address: str) -> bool:
    """Take the code that a colleague typed; True for a recovery code, which is spent then.

    Raises `Refused` when it is not right or was used before; `TooManyAttempts`.
    """
    attempt = await attempts.begin(service, "second step", str(staff_member.id), address)
    code = "".join(character for character in written.upper() if character.isalnum())
    by_app = bool(_CODE.fullmatch(code))
    taken = _take_code if by_app else _take_recovery_code
    if not await taken(service, staff_member.id, code):
        raise Refused(
            N_("This code is not right, or was used before. Wait for a new one and try again."),
            "code",
        )
    await attempts.succeeded(service, attempt)
    return not by_app


async def set_up(service: Service, mine: Opened, written: str, address: str) -> list[str]:
    """Take the offered secret into use, with the code that proves that the app has it.

    Returns the new recovery codes, to be shown once. Raises `Refused`; `TooManyAttempts`.
    """
    staff_member_id, secret = mine.staff_member.id, mine.row.offered_secret
    if secret is None:
        raise Refused(N_("Begin again: sign in, or choose a new telephone in your account."))
    attempt = await attempts.begin(service, "second step", str(staff_member_id), address)
    counter = _counter(service, secret, "".join(written.split()))
    if counter is None:
        raise Refused(
            N_("This code does not belong to the QR code. Wait for a new one and try again."),
            "code",
        )
    await attempts.succeeded(service, attempt)
    now = service.now()
    async with service.database.write() as session:
        await session.scalar(  # of two at once the second waits, and finds what the first did
            select(StaffMember.id).where(StaffMember.id == staff_member_id).with_for_update()
        )
        known = await session.get(SecondFactor, staff_member_id)
        if known and mine.row.is_half:
            raise Refused(N_("The second step is set up already. Sign in again."))
        if known:
            await session.delete(known)
            await session.flush()
        session.add(
            SecondFactor(
                staff_member_id=staff_member_id,
                secret=secret,
                last_counter=counter,
                created_at=now,
            )
        )
        # Whoever had only the password elsewhere is not to go on with a secret of their own.
        await session.execute(
            delete(StaffSession).where(
                StaffSession.staff_member_id == staff_member_id,
                StaffSession.is_half,
                StaffSession.token_hash != mine.row.token_hash,
            )
        )
        await session.execute(
            update(StaffSession)
            .where(StaffSession.token_hash == mine.row.token_hash)
            .values(offered_secret=None)
        )
        _audit(session, service, staff_member_id, "second_step")
        return await _new_codes(session, staff_member_id)


async def new_codes(service: Service, staff_member: StaffMember) -> list[str]:
    """Fresh recovery codes; the old ones are worth nothing from now on."""
    async with service.database.write() as session:
        _audit(session, service, staff_member.id, "recovery_codes")
        return await _new_codes(session, staff_member.id)


async def complete(service: Service, token: str, mine: Opened) -> str:
    """A whole session instead of the half one of `token`; the new token."""
    await sign_out(service, token)
    async with service.database.write() as session:
        _audit(session, service, mine.staff_member.id, "sign_in")
    return await open_session(service, mine.staff_member.id, browser=mine.row.browser)


async def take_away(session: AsyncSession, staff_member_id: int) -> None:
    """Forget the app and the codes of a colleague, and sign them out everywhere."""
    for table in (SecondFactor, RecoveryCode):
        await session.execute(delete(table).where(table.staff_member_id == staff_member_id))
    await end_all(session, staff_member_id)


async def _take_code(service: Service, staff_member_id: int, code: str) -> bool:
    async with service.database.read() as session:
        known = await session.get(SecondFactor, staff_member_id)
    counter = _counter(service, known.secret, code) if known else None
    if counter is None:
        return False
    async with service.database.write() as session:
        done = await session.execute(
            update(SecondFactor)
            .where(
                SecondFactor.staff_member_id == staff_member_id,
                SecondFactor.last_counter < counter,
            )
            .values(last_counter=counter)
        )
    assert isinstance(done, CursorResult)
    return done.rowcount == 1


async def _take_recovery_code(service: Service, staff_member_id: int, code: str) -> bool:
    async with service.database.write() as session:
        done = await session.execute(
            delete(RecoveryCode).where(
                RecoveryCode.staff_member_id == staff_member_id,
                RecoveryCode.code_hash == _hash(staff_member_id, code),
            )
        )
        assert isinstance(done, CursorResult)
        if done.rowcount != 1:
            return False
        _audit(session, service, staff_member_id, "recovery_code")
    return True


def _counter(service: Service, secret: str, code: str) -> int | None:
    """Of which half minute the code is, if it is one of about now."""
    totp = pyotp.TOTP(secret, interval=_STEP_SECONDS)
    at = int(service.now().timestamp()) // _STEP_SECONDS
    for counter in (at + aside for aside in _EITHER_SIDE):
        if hmac.compare_digest(totp.generate_otp(counter).encode(), code.encode()):
            return counter
    return None


async def _new_codes(session: AsyncSession, staff_member_id: int) -> list[str]:
    await session.execute(
        delete(RecoveryCode).where(RecoveryCode.staff_member_id == staff_member_id)
    )
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(_CODE_LETTERS)) for _ in range(CODES)]
    session.add_all(
        RecoveryCode(code_hash=_hash(staff_member_id, code), staff_member_id=staff_member_id)
        for code in codes
    )
    half = _CODE_LETTERS // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def _hash(staff_member_id: int, code: str) -> bytes:
    return ring().look_up("recovery code", f"{staff_member_id}:{code}")


def _audit(session: AsyncSession, service: Service, staff_member_id: int, action: str) -> None:
    session.add(AuditEntry(at=service.now(), staff_member_id=staff_member_id, action=action))
