"""The one source of the moment. Everything takes it from here, so that it can be travelled."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def system_time() -> datetime:
    """The machine's own moment, in UTC."""
    return datetime.now(UTC)


class Clock:
    """A clock that runs with the machine's, at any distance from it; or stands still.

    `starts_at` sets what it shows now. With `running=False` it moves only when it is told to.
    """

    def __init__(
        self,
        starts_at: datetime | None = None,
        *,
        running: bool = True,
        source: Callable[[], datetime] = system_time,
    ) -> None:
        self._source = source
        self._ahead = timedelta()
        self._running = running
        self._offset = timedelta()
        self._stands_at = source()
        if starts_at is not None:
            self.travel_to(starts_at)

    def now(self) -> datetime:
        """The moment, in UTC."""
        return self._common() + self._offset if self._running else self._stands_at

    def travel_to(self, moment: datetime) -> None:
        """Show `moment` from now on. Aware datetimes only."""
        if moment.tzinfo is None:
            raise ValueError(f"the moment {moment.isoformat()} has no time zone")
        self._offset = moment.astimezone(UTC) - self._common()
        self._stands_at = moment.astimezone(UTC)

    def follow(self, ahead: timedelta) -> None:
        """Go by a clock that is so much ahead of the machine's own: one that several share."""
        self._ahead = ahead

    @property
    def ahead(self) -> timedelta:
        """How far the clock that we follow is ahead of the machine's own."""
        return self._ahead

    def _common(self) -> datetime:
        return self._source() + self._ahead
