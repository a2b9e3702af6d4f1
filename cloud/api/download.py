"""A file to take away, and a line in the audit of who took it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from fastapi.responses import StreamingResponse

from cloud.api.parts import Parts, Problem
from cloud.api.refused import Refused
from cloud.export import Document, ExportError, Form, NoFontError, written
from cloud.refusals import Code
from cloud.store.accounts import User, note

DOWNLOADS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {form.media_type.partition(";")[0]: {} for form in Form}, "description": "the file"},
    422: {"model": Problem, "description": "more than this form can hold"},
    503: {"model": Problem, "description": "this cloud was built without the font of PDF files"},
}


def download(
    parts: Parts, user: User, form: Form, name: str, document: Document, *, subject: str, detail: str = ""
) -> StreamingResponse:
    """The document as a file called `name` and the day, noted as taken by `user` before its first byte goes.

    `subject`: what was exported; `detail`: what was sought. Rows are read while they are sent, outside of any transaction of the
    caller: an iterable that reads the ledger opens its own. Refuses with 422 and 503.
    """
    now_ms = parts.now_ms()
    try:
        chunks = written(form, document)
    except NoFontError as refused:
        raise Refused(Code.NO_FONT) from refused
    except ExportError as refused:
        raise Refused(Code.CANNOT_EXPORT, why=f"{refused.what}. {refused.remedy}") from refused
    with parts.database.writing() as connection:
        note(connection, user, "exported", f"{subject}.{form}", now_ms, detail)
    day = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(document.zone).strftime("%Y-%m-%d")
    headers = {"Content-Disposition": f'attachment; filename="{name}-{day}.{form}"', "Cache-Control": "no-store"}
    return StreamingResponse(chunks, media_type=form.media_type, headers=headers)
