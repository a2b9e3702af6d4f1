"""Every route as OpenAPI describes it, callable by its examples; and the table of who may use it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from cloud.app.web import create_app

TABLE = tomllib.loads((Path(__file__).parent / "routes.toml").read_text(encoding="utf-8"))
OPEN: dict[str, int] = TABLE["open"]
ROLES: dict[str, list[str]] = TABLE["roles"]
BODIES: dict[str, dict[str, Any]] = TABLE["bodies"]
NOT_FOR_PROGRAMS: list[str] = TABLE["programs_may_not"]
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Route:
    """`name` is method and path as in the table; `operation` what OpenAPI says of it."""

    name: str
    operation: dict[str, Any]

    @property
    def method(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def changes(self) -> bool:
        return self.method != "GET"

    @property
    def takes_body(self) -> bool:
        return "requestBody" in self.operation

    def takes(self, where: str) -> dict[str, Any]:
        """The parameters in `path` or `query`: their names, and what the API says of their values."""
        return {one["name"]: one["schema"] for one in self.operation.get("parameters", []) if one["in"] == where}

    def address(self, names: Mapping[str, str] = NOTHING) -> str:
        """The path with `names` in it; with the example where none is given. A parameter without either fails."""
        path = self.name.partition(" ")[2]
        for name, schema in self.takes("path").items():
            path = path.replace(f"{{{name}}}", names.get(name) or str(schema["examples"][0]))
        return path

    def call(
        self,
        client: httpx.Client,
        headers: Mapping[str, str] = NOTHING,
        *,
        body: dict[str, Any] | None = None,
        names: Mapping[str, str] = NOTHING,
        query: Mapping[str, str] = NOTHING,
    ) -> httpx.Response:
        """What it answers; of a stream only how it begins."""
        json = body or ({} if self.takes_body else None)
        address = self.address(names)
        with client.stream(self.method, address, json=json, headers=dict(headers), params=dict(query)) as answer:
            if not answer.headers.get("content-type", "").startswith("text/event-stream"):
                answer.read()
        return answer


def routes() -> list[Route]:
    described = create_app().openapi()["paths"]
    return [
        Route(f"{method.upper()} {path}", operation)
        for path, methods in described.items()
        for method, operation in methods.items()
    ]
