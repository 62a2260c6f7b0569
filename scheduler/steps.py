"""The steps beside the taper: the end of a contract, the closing question, sooner, an extension.

Pure. A step has a name: "day-8", "contract-end", "day-50+contract-end" (both at once), "closing",
"sooner-2026-03-09" and "extra-2026-03-09" (inserted, for that day).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from scheduler.calendar import Hours, contact_moment, local_day
from scheduler.taper import Contact, step_name

CONTRACT_END, CLOSING = "contract-end", "closing"
_AND_CONTRACT = f"+{CONTRACT_END}"

BEFORE_CONTRACT_END = timedelta(weeks=6)
NEAR = timedelta(days=10)
"""Two contacts nearer to each other than this are one."""

SOONER = timedelta(days=7)
"""After trouble the next contact comes this soon."""

EXTENSION_DAYS = (243, 304, 365)
"""Every two months, to at most twelve (Ouder-Amstel)."""

LONGEST = timedelta(days=EXTENSION_DAYS[-1])


def asks_contract(step: str) -> bool:
    """Whether this step offers help with finding work."""
    return step == CONTRACT_END or step.endswith(_AND_CONTRACT)


def asks_how(step: str) -> bool:
    """Whether this step asks how it is going at work."""
    return step not in (CONTRACT_END, CLOSING)


def for_day(kind: str, day: date) -> str:
    """The name of a step that is inserted for `day`; `kind` is "sooner" or "extra"."""
    return f"{kind}-{day.isoformat()}"


def with_contract_end(
    contacts: Sequence[Contact], contract_end: date, now: datetime, hours: Hours, spread: float
) -> tuple[Contact, ...]:
    """`contacts` and the one six weeks before the contract ends, merged with a step that is near.

    Nothing is added for an end that is past or within days, or beyond the last contact.
    """
    asked = contact_moment(contract_end - BEFORE_CONTRACT_END, hours, spread)
    if not contacts or local_day(now, hours) + timedelta(days=3) > contract_end:
        return tuple(contacts)
    if asked <= now:  # enrolled within the six weeks: at the first contact that comes
        asked = contacts[0].due
        if local_day(asked, hours) >= contract_end:
            return tuple(contacts)
    if asked > contacts[-1].due + NEAR:
        return tuple(contacts)
    nearest = min(contacts, key=lambda one: abs(one.due - asked))
    if abs(nearest.due - asked) <= NEAR:
        both = Contact(nearest.step + _AND_CONTRACT, nearest.due)
        return tuple(both if one is nearest else one for one in contacts)
    return tuple(sorted([*contacts, Contact(CONTRACT_END, asked)], key=lambda one: one.due))


def extension(
    first_working_day: date, until: date, now: datetime, hours: Hours, spread: float
) -> tuple[Contact, ...]:
    """The contacts after half a year, up to `until`."""
    days = [(number, first_working_day + timedelta(days=number)) for number in EXTENSION_DAYS]
    moments = [
        Contact(step_name(number), contact_moment(day, hours, spread))
        for number, day in days
        if day <= until
    ]
    return tuple(one for one in moments if one.due > now)
