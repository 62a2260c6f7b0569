"""What the console may know and ask of channels and mail, which it does not know itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aftercare.service import N_, Refused
from conversations.words import Channel


def _no_services(_url: str) -> str:
    raise Refused(N_("This service cannot be used here."), "url")


async def _nowhere(_url: str) -> bool:
    return False


@dataclass(frozen=True)
class Outside:
    """`channels`: those that are set up. `mail`: sends a test mail to an address and says whether
    it was taken; None when no mail host is set up. `service_of`: the name of the service that a
    notice's address leads to; raises `Refused` for one that may not be used. `knock`: sends a test
    notice there and says whether it was taken."""

    channels: frozenset[Channel] = frozenset()
    mail: Callable[[str], Awaitable[bool]] | None = None
    service_of: Callable[[str], str] = _no_services
    knock: Callable[[str], Awaitable[bool]] = _nowhere
