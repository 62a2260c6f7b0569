"""`/beheer/instellingen`: the whole configuration as one file, out and in."""

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from aftercare import setup
from aftercare.configuration_file import LARGEST, Misplaced, read, write
from aftercare.service import Refused
from scheduler.calendar import Hours, local_day
from staff.visit import Form, Visit


async def show(visit: Visit) -> Response:
    """The file to take along, and a place for one to bring in."""
    return _page(visit)


async def download(visit: Visit) -> Response:
    """The file."""
    async with visit.service.database.read() as session:
        text = write(await setup.current(session))
    return Response(
        text,
        media_type="application/toml",
        headers={"Content-Disposition": 'attachment; filename="nazorg.toml"'},
    )


async def preview(visit: Visit) -> Response:
    """What the file would change. Nothing is changed yet."""
    form = await _sent(visit)
    try:
        wanted = read(form.one("file"))
        today = local_day(visit.words.now, Hours())
        async with visit.service.database.read() as session:
            found = await setup.differences(session, wanted, today)
    except Refused as refused:
        return _page(visit, 422, form, _said(visit, refused))
    return visit.page("management/file_preview.html", differences=found, text=form.one("file"))


async def apply(visit: Visit) -> Response:
    """Make it so."""
    form = await _sent(visit)
    try:
        await setup.apply(visit.service, read(form.one("file")), visit.staff_member)
    except Refused as refused:
        return _page(visit, 422, form, _said(visit, refused))
    return visit.go("/beheer/instellingen?gelukt=applied")


async def _sent(visit: Visit) -> Form:
    """The text that was pasted, or that of the file. Raises 413 when it is too large to be one."""
    if not visit.request.headers.get("content-type", "").startswith("multipart/"):
        return await visit.form()
    declared = visit.request.headers.get("content-length", "")
    if not declared.isdigit() or int(declared) > 2 * LARGEST:
        raise HTTPException(413)
    async with visit.request.form(max_files=1, max_fields=2, max_part_size=2 * LARGEST) as parts:
        text, upload = parts.get("file"), parts.get("upload")
        if isinstance(upload, UploadFile) and upload.filename:
            text = (await upload.read()).decode("utf-8-sig", "replace")
    return Form({"file": (text.replace("\r\n", "\n") if isinstance(text, str) else "",)})


def _page(visit: Visit, status: int = 200, form: Form | None = None, error: str = "") -> Response:
    return visit.page(
        "management/file.html",
        status,
        form=form or Form({}),
        errors={"file": error} if error else {},
    )


def _said(visit: Visit, refused: Refused) -> str:
    said = visit.words.refusal(refused)
    return f"{refused.where}: {said}" if isinstance(refused, Misplaced) else said
