"""`nazorg backup` and `nazorg restore`: the database in one file, taken while the service runs.

The key file is never in it: whoever finds a backup reads nobody's name, and whoever loses the key
loses the backup too. What happened after a backup is not in it, so after a restore nobody can tell
whether a message that waited has gone out since: those are `uncertain`, as after a crash. Nothing
is sent twice by itself.
"""

import os
from pathlib import Path


class BackupError(Exception):
    """A backup or a restore that cannot be made as asked; the message says why and what to do."""


def to_the_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would outlive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
