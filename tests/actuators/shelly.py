"""A relay with the RPC of Shelly's second generation: a small HTTP server whose switch has a timer."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Shelly(ThreadingHTTPServer):
    """`asked`: paths as they came. `knows_timers`: whether it is what it says; `answers`: cleared, it is silent."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.asked: list[str] = []
        self.on, self.timer_s, self.knows_timers, self.challenge = False, 0.0, True, ""
        self.answers = threading.Event()
        self.answers.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def do(self, path: str) -> dict[str, Any] | None:
        """What the switch says; None where there is no such thing."""
        parts = urlsplit(path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if query.get("id") != "0":
            return None
        match parts.path:
            case "/rpc/Switch.Set":
                was_on, self.on = self.on, query["on"] == "true"
                self.timer_s = float(query.get("toggle_after", 0)) if self.knows_timers else 0.0
                return {"was_on": was_on}
            case "/rpc/Switch.GetStatus":
                timer = {"timer_started_at": 1.0, "timer_duration": self.timer_s} if self.timer_s else {}
                return {"id": 0, "output": self.on, **timer}
            case _:
                return None


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Shelly

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.answers.wait(5)
        if self.server.challenge and "Authorization" not in self.headers:
            self._say(401, {"code": 401}, {"WWW-Authenticate": self.server.challenge})
            return
        said = self.server.do(self.path)
        self._say(500 if said is None else 200, said or {"code": -105, "message": "Argument 'id', value 7 not found!"}, {})

    def _say(self, status: int, said: dict[str, Any], headers: dict[str, str]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class calls it so
        pass


@contextmanager
def shelly() -> Iterator[Shelly]:
    with Shelly() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.answers.set()
        server.shutdown()
        thread.join(5)
