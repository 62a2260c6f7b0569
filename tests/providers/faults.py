"""Decide, request by request, whether a provider behaves or fails.

The hard case of delivery is the call that was acted on but never answered: whoever repeats it
sends twice. `HANG_AFTER` and `CLOSE_AFTER` make that case on demand.
"""

from collections import deque
from collections.abc import Iterable
from enum import StrEnum
from random import Random


class Fault(StrEnum):
    """What goes wrong with one request."""

    NONE = "none"
    HANG_BEFORE = "hang-before"
    """Nothing is done and no answer comes, until the client gives up."""
    RESET = "reset"
    """Nothing is done and the connection is reset."""
    HANG_AFTER = "hang-after"
    """The request is carried out, but no answer comes."""
    CLOSE_AFTER = "close-after"
    """The request is carried out, then the connection is reset."""
    SERVER_ERROR = "500"
    TOO_MANY_REQUESTS = "429"
    FORBIDDEN = "403"


ANSWERED = {Fault.SERVER_ERROR: 500, Fault.TOO_MANY_REQUESTS: 429, Fault.FORBIDDEN: 403}
"""The faults that are a refusal, with their HTTP status."""


class Faults:
    """A script for exact tests, or a seeded random rate for long runs; the script goes first.

    `operations` names the requests that may fail; by default only those that send, so that a
    long poll in the background does not use up a script. `None` means every request.
    """

    def __init__(self, operations: Iterable[str] | None) -> None:
        self.operations = None if operations is None else frozenset(operations)
        self.seen: list[tuple[str, Fault]] = []
        """Every decision made, in order: (operation, fault)."""
        self.retry_after = 1
        """Seconds that a 429 asks the client to wait."""
        self.slowness = 0.0
        """Seconds between doing what was asked and answering, where all goes well."""
        self._script: deque[Fault] = deque()
        self._rate = 0.0
        self._kinds: tuple[Fault, ...] = ()
        self._random = Random(0)

    def script(self, *faults: Fault) -> None:
        """Let the next requests go as listed (`Fault.NONE` for one that works), then all work."""
        self._script.extend(faults)

    def at_random(self, rate: float, *kinds: Fault, seed: int = 0) -> None:
        """Let a share `rate` (0..1) of the requests fail, each with one of `kinds`."""
        self._rate = rate
        self._kinds = kinds or tuple(fault for fault in Fault if fault is not Fault.NONE)
        self._random = Random(seed)

    def clear(self) -> None:
        """From here on all goes well."""
        self._script.clear()
        self._rate = 0.0

    def decide(self, operation: str) -> Fault:
        """Say what happens to this request."""
        if self.operations is not None and operation not in self.operations:
            return Fault.NONE
        fault = Fault.NONE
        if self._script:
            fault = self._script.popleft()
        elif self._rate and self._random.random() < self._rate:
            fault = self._random.choice(self._kinds)
        self.seen.append((operation, fault))
        return fault
