"""Buckets, tasks and the organisation of an InfluxDB 2, as its API describes them. For tests."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Said = tuple[int, dict[str, Any]]


class Rooms:
    """Attributes: buckets and tasks by name, as the API gives them; changes, every change that was asked for."""

    def __init__(self) -> None:
        self.buckets: dict[str, dict[str, Any]] = {}
        self.tasks: dict[str, dict[str, Any]] = {}
        self.changes: list[str] = []

    def answer(self, verb: str, path: str, body: dict[str, Any]) -> Said:
        split = urlsplit(path)
        _, _, _, room, *rest = unquote(split.path).split("/")
        name = parse_qs(split.query).get("name", [""])[0]
        if verb != "GET":
            self.changes.append(f"{verb} {room} {body.get('name', '')}".strip())
        match verb, room:
            case "GET", "orgs":
                return 200, {"orgs": [{"id": "0123456789abcdef", "name": "o"}]}
            case "GET", "buckets":
                return self._bucket(name)
            case "GET", "tasks":
                return 200, {"tasks": [task for key, task in self.tasks.items() if key == name]}
            case "POST", "buckets":
                return 201, self._keep(self.buckets, body["name"], {**body, "type": "user"})
            case "POST", "tasks":
                return 201, self._keep(self.tasks, _name_of(body["flux"]), body)
            case "PATCH", "buckets":
                return 200, self._keep(self.buckets, rest[0].removeprefix("id-"), body)
            case "PATCH", "tasks":
                return 200, self._keep(self.tasks, rest[0].removeprefix("id-"), body)
            case _:
                return 404, {"code": "not found", "message": path}

    def _bucket(self, name: str) -> Said:
        if name not in self.buckets:
            return 404, {"code": "not found", "message": f'bucket "{name}" not found'}
        return 200, {"buckets": [self.buckets[name]]}

    def _keep(self, kept: dict[str, dict[str, Any]], name: str, body: dict[str, Any]) -> dict[str, Any]:
        same = {"id": f"id-{name}", "orgID": "0123456789abcdef", "org": "o", "name": name}
        kept[name] = {**kept.get(name, {}), **body, **same}
        return kept[name]


def _name_of(flux: str) -> str:
    found = re.search(r'option task = \{name: "([^"]+)"', flux)
    assert found, flux
    return found[1]
