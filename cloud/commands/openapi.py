"""`menshen-cloud openapi`."""

from __future__ import annotations

import json

from cloud.app.web import create_app


def description() -> str:
    """The API's description, as it is committed in docs/reference/openapi.json."""
    return json.dumps(create_app().openapi(), indent=2, ensure_ascii=False) + "\n"
