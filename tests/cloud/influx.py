"""A server that answers as InfluxDB 2 documents it: token, gzip, first type of a field wins, buckets, tasks. For tests.

It understands no Flux: a question is kept, and answered with what a test has laid ready.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.cloud.answering import Asked, Said, answering
from tests.cloud.influx_rooms import Rooms

LINE = re.compile(r"^(?P<key>(?:[^ \\]|\\.)+) (?P<fields>.+) (?P<ns>-?\d+)$")
FIELD = re.compile(r'((?:[^=,\\]|\\.)+)=("(?:[^"\\]|\\.)*"|[^,]+),?')


class Influx:
    """Attributes: points by (measurement with tags, time), each field as text; away, what to answer instead of working;
    questions, every Flux it was asked; answers, annotated CSV by a word of the question."""

    def __init__(self, token: str) -> None:
        self.url, self.token = "", token
        self.points: dict[tuple[str, int], dict[str, str]] = {}
        self.types: dict[tuple[str, str], str] = {}
        self.requests = 0
        self.away: int | None = None
        self.rooms = Rooms()
        self.questions: list[str] = []
        self.answers: dict[str, str] = {}

    def answer(self, asked: Asked) -> Said:
        self.requests += 1
        if self.away is not None:
            return self.away, {"code": "unavailable", "message": "away"}
        if asked.headers.get("Authorization") != f"Token {self.token}":
            return 401, {"code": "unauthorized", "message": "unauthorized access"}
        if asked.path.startswith("/api/v2/query"):
            return self.ask(asked.text)
        if asked.path.startswith("/api/v2/write"):
            assert "precision=ns" in asked.path
            return self.write(asked.text)
        return self.rooms.answer(asked.verb, asked.path, json.loads(asked.text) if asked.body else {})

    def write(self, body: str) -> tuple[int, dict[str, Any]]:
        found = [self._read(line) for line in body.splitlines()]
        for measurement, _, _, fields in found:
            for name, text in fields.items():
                kind = kind_of(text)
                if self.types.setdefault((measurement, name), kind) != kind:
                    return 422, {"code": "unprocessable entity", "message": f"field type conflict: {name}"}
        for _, key, ns, fields in found:
            self.points.setdefault((key, ns), {}).update(fields)
        return 204, {}

    def ask(self, body: str) -> tuple[int, str]:
        question = str(json.loads(body)["query"])
        self.questions.append(question)
        return 200, next((answer for word, answer in self.answers.items() if word in question), "")

    def _read(self, line: str) -> tuple[str, str, int, dict[str, str]]:
        match = LINE.match(line)
        assert match, line
        return match["key"].split(",")[0], match["key"], int(match["ns"]), dict(FIELD.findall(match["fields"]))


def kind_of(text: str) -> str:
    if text.startswith('"'):
        return "string"
    if text in ("true", "false"):
        return "boolean"
    return "integer" if text.endswith("i") else "float"


@contextmanager
def influx(token: str = "secret") -> Iterator[Influx]:
    server = Influx(token)
    with answering(server.answer) as server.url:
        yield server
