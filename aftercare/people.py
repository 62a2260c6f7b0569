"""Telephone numbers as people write them, and colleagues as they are named."""

import re

import phonenumbers
from phonenumbers import PhoneNumberType
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import N_, Refused
from conversations.words import Role
from storage.encryption import ring
from storage.models import StaffMember

_NOBODYS = re.compile(r"\+31600\d{6}")
"""Numbers that do not exist, for trials and the demo."""


def mobile_number(written: str, *, trial: bool = False) -> str:
    """A Dutch mobile number in E.164 from any way of writing it. Raises `Refused`.

    Foreign and premium numbers are refused: they cost the municipality or the client more than
    they think, and are mostly mistakes. With `trial`, numbers that nobody has are taken too.
    """
    try:
        number = phonenumbers.parse(written, "NL")
    except phonenumbers.NumberParseException:
        raise Refused(
            N_("This is not a telephone number. Write it like 06 12 34 56 78."), "number"
        ) from None
    if number.country_code != 31:
        raise Refused(N_("Only Dutch mobile numbers can be used; they begin with 06."), "number")
    international = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if trial and _NOBODYS.fullmatch(international):
        return international
    if not phonenumbers.is_valid_number(number):
        raise Refused(
            N_("This number does not exist. Count the digits: 06 and eight more."), "number"
        )
    if phonenumbers.number_type(number) is not PhoneNumberType.MOBILE:
        raise Refused(
            N_("This is not a mobile number, so it gets no messages. Ask for a number with 06."),
            "number",
        )
    return international


async def colleague(
    session: AsyncSession, named: str | None, role: Role, field: str
) -> StaffMember | None:
    """The colleague with the e-mail address or name `named` and the given role. Raises
    `Refused`."""
    if not named:
        return None
    by_email = ring().look_up("email", named.strip().casefold())
    found = await session.scalar(select(StaffMember).where(StaffMember.email_hash == by_email))
    if found is None:
        everybody = await session.scalars(select(StaffMember).where(StaffMember.role == role))
        wanted = named.strip().casefold()
        same_name = [one for one in everybody if one.name.casefold() == wanted]
        found = same_name[0] if len(same_name) == 1 else None
    if found is None or found.left_at is not None:
        raise Refused(
            N_("There is no colleague {named}. Give the e-mail address with which they sign in."),
            field,
            named=named,
        )
    if found.role is not role:
        raise Refused(N_("{named} has another role."), field, named=named)
    return found
