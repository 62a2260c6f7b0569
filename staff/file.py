"""The file of one client: everything that a colleague may read of them, read together.

The page, the print and the export all show the same file, so that none shows more than another.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import Service
from conversations.words import ChangeKind, Purpose
from staff import calls, conversation, emergencies, tracks
from staff.access import Viewer, reads_danger, reads_reason_of_change
from staff.calls import KnownCall
from staff.conversation import Line
from staff.emergencies import ReadAlong
from staff.tracks import Person, Reading
from storage.models import CheckIn, Client, Consent, PlanChange, StaffMember

WHOLE = 20_000
"""More messages than anybody has."""


@dataclass(frozen=True)
class Change:
    """A departure from the plan. `by` is None when the client asked for it; `reason` is None when
    there is none, or none for this reader, which is `withheld`."""

    kept: PlanChange
    by: StaffMember | None
    reason: str | None
    withheld: bool


@dataclass(frozen=True)
class File:
    """What a colleague may read of a client. `lines` are the last messages, oldest first;
    `shared`: the enrolments whose words both sides read; `held`: danger keeps the track still;
    `read_along`: who read the other side's words in an emergency."""

    person: Person
    lines: list[Line]
    calls: list[KnownCall]
    steps: list[CheckIn]
    changes: list[Change]
    consents: list[Consent]
    housemates: list[Client]
    readings: list[Reading]
    read_along: list[ReadAlong]
    shared: frozenset[int]
    held: bool

    @property
    def client(self) -> Client:
        """Whose file it is."""
        return self.person.client


async def opened(
    service: Service,
    viewer: Viewer,
    reference: str,
    *,
    before: int | None = None,
    most: int = conversation.MOST,
    action: str = "read",
    detail: str | None = None,
) -> File:
    """Read the file, after writing down that `viewer` does. `before`: only what was said before
    that message. What was opened in an emergency is to be read only. Raises `Hidden`."""
    if action != "read":
        viewer = replace(viewer, emergencies=frozenset())
    async with service.database.read() as session:
        person = await tracks.person(session, viewer, reference)
    await conversation.note_reading(service, viewer, person.client.id, detail, action=action)
    async with service.database.read() as session:
        return await _read(session, service, viewer, person, before, most)


async def _read(
    session: AsyncSession,
    service: Service,
    viewer: Viewer,
    person: Person,
    before: int | None,
    most: int,
) -> File:
    enrolments = person.enrolments
    consents = await tracks.consents(session, enrolments)
    shared = frozenset(
        one.enrolment_id
        for one in consents
        if one.purpose is Purpose.SHARE and one.withdrawn_at is None
    )
    newest = person.track.enrolment
    danger = reads_danger(viewer, shared=newest.id in shared)
    return File(
        person,
        await conversation.read(session, viewer, enrolments, shared, before=before, most=most),
        await calls.calls_of(session, viewer, enrolments, shared, service.now()),
        await tracks.steps(session, newest),
        _readable(await tracks.changes(session, enrolments), viewer, shared),
        consents,
        await tracks.on_the_same_phone(session, viewer, person.client),
        await tracks.readings(session, person.client.id, danger=danger),
        await emergencies.of_client(session, viewer, person.client.id),
        shared,
        held=newest.held_at is not None and danger,
    )


def _readable(
    changes: Collection[tuple[PlanChange, StaffMember | None]],
    viewer: Viewer,
    shared: frozenset[int],
) -> list[Change]:
    found = []
    for kept, by in changes:
        is_shared = kept.enrolment_id in shared
        if kept.kind is ChangeKind.RELEASED and not reads_danger(viewer, shared=is_shared):
            continue
        reads = reads_reason_of_change(viewer, by.role if by else None, kept.enrolment_id, shared)
        reason = kept.reason if reads else None
        found.append(Change(kept, by, reason, withheld=bool(kept.reason) and not reads))
    return found
