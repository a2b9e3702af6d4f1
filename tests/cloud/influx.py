"""A server that answers `/api/v2/write` as InfluxDB 2 documents it: token, gzip, first type of a field wins. For tests."""

from __future__ import annotations

import gzip
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LINE = re.compile(r"^(?P<key>(?:[^ \\]|\\.)+) (?P<fields>.+) (?P<ns>-?\d+)$")
FIELD = re.compile(r'((?:[^=,\\]|\\.)+)=("(?:[^"\\]|\\.)*"|[^,]+),?')


class Influx:
    """Attributes: points by (measurement with tags, time), each field as text; away, what to answer instead of working."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token
        self.points: dict[tuple[str, int], dict[str, str]] = {}
        self.types: dict[tuple[str, str], str] = {}
        self.requests = 0
        self.away: int | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

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
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            server.requests += 1
            self._answer(*self._outcome(body.decode()))

        def _outcome(self, body: str) -> tuple[int, dict[str, Any]]:
            if server.away is not None:
                return server.away, {"code": "unavailable", "message": "away"}
            if self.headers.get("Authorization") != f"Token {server.token}":
                return 401, {"code": "unauthorized", "message": "unauthorized access"}
            if self.path.startswith("/api/v2/query"):
                return 200, {}
            assert "precision=ns" in self.path
            return server.write(body)

        def _answer(self, status: int, said: dict[str, Any]) -> None:
            body = json.dumps(said).encode() if said else b""
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = Influx(listener.server_address[1], token)
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
