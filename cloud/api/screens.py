"""The screens' files. Names that carry a hash are kept by browsers for ever, the page itself is asked for each time."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

FOR_EVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
EACH_TIME: Final = {"Cache-Control": "no-cache"}
NOT_BUILT: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Menshen</title>
<h1>The screens are not built</h1>
<p>The service works, and its API answers under <code>/api</code>. To build the screens, run
<code>npm ci &amp;&amp; npm run build</code> in <code>cloud/web</code> and load this page again.</p></html>
"""


def screens(folder: Path) -> APIRouter:
    """Routes that serve `folder`; every address that names no file is the page itself."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{path:path}")
    def screen(path: str) -> Response:
        if path == "api" or path.startswith("api/"):
            return JSONResponse({"detail": "There is no such address."}, 404)
        return _file(folder, path)

    return router


def _file(folder: Path, path: str) -> Response:
    index = folder / "index.html"
    if not index.is_file():
        return HTMLResponse(NOT_BUILT, headers=EACH_TIME)
    wanted = (folder / path).resolve() if "\0" not in path else index
    if not (path and wanted.is_relative_to(folder.resolve()) and wanted.is_file()):
        return (
            FileResponse(index, headers=EACH_TIME) if "." not in path else JSONResponse({"detail": "There is no such file."}, 404)
        )
    return FileResponse(wanted, headers=FOR_EVER if path.startswith("assets/") else EACH_TIME)
