"""A file that a browser sends. It stays in memory: on the disk it would lie there unencrypted."""

from collections.abc import AsyncGenerator

from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from aftercare.service import N_, Refused

_AROUND = 16 * 1024
"""What a browser sends besides the file."""

_READ_ON = 10
"""A browser hears our answer only when it is done sending: so many times the limit we let pass."""


async def uploaded(request: Request, name: str, largest: int) -> bytes:
    """The file in the field `name`. Raises `TooLarge`, and `Refused` when there is none."""
    size = 0
    kept: list[bytes] = []
    async for chunk in request.stream():
        size += len(chunk)
        if size <= largest + _AROUND:
            kept.append(chunk)
        elif size > largest * _READ_ON:
            break
    if size > largest + _AROUND:
        raise TooLarge

    async def stream() -> AsyncGenerator[bytes]:
        for chunk in kept:
            yield chunk

    missing = Refused(N_("Choose a file first."), name)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise missing
    parser = MultiPartParser(request.headers, stream(), max_files=1, max_fields=10)
    parser.spool_max_size = largest + _AROUND
    try:
        form = await parser.parse()
    except MultiPartException:
        raise missing from None
    try:
        file = form.get(name)
        if file is None or isinstance(file, str) or not file.filename:
            raise missing
        return await file.read()
    finally:
        await form.close()


class TooLarge(Refused):
    """The file is larger than we take."""

    def __init__(self) -> None:
        super().__init__(N_("The file is larger than 5 MB. Make it into smaller lists."), "file")
