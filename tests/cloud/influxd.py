"""A real influxd 1.x behind a thin adapter that takes the writes of InfluxDB 2: real line protocol, real storage. For tests.

Its line-protocol parser, its storage and its refusals are InfluxDB's own. It has no buckets, tasks or Flux of version 2.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks.settings import free_port
from tests.cloud.answering import Asked, Said, answering
from tests.fixtures_broker import wait_for

UNPACKED: Final = Path("build/influxdb/usr/bin/influxd")
ABSENT: Final = (
    "needs influxd: the Debian package influxdb, or without root "
    "`apt-get download influxdb && dpkg -x influxdb_*.deb build/influxdb`"
)
TOKEN: Final = "secret"
USER: Final = "admin"
CONFIG: Final = """
reporting-disabled = true
bind-address = "127.0.0.1:{internal}"
[meta]
dir = "{folder}/meta"
[data]
dir = "{folder}/data"
wal-dir = "{folder}/wal"
index-version = "inmem"
query-log-enabled = false
[http]
bind-address = "127.0.0.1:{port}"
auth-enabled = true
log-enabled = false
max-body-size = 0
[monitor]
store-enabled = false
"""


def influxd() -> str | None:
    """Where the program is, if it is."""
    found = shutil.which("influxd") or shutil.which("influxd", path="/usr/sbin:/usr/local/bin")
    return found or (str(UNPACKED) if UNPACKED.exists() else None)


class Influxd:
    """One running server. A bucket is a database of the same name."""

    def __init__(self, folder: Path, program: str) -> None:
        self._port = free_port()
        config = folder / "influxdb.conf"
        config.write_text(CONFIG.format(folder=folder, port=self._port, internal=free_port()))
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen([program, "-config", str(config)], stdout=log, stderr=log)
        wait_for(lambda: self._call("/ping", {})[0] == 204, "influxd answers")
        self.ask(f"CREATE USER {USER} WITH PASSWORD '{TOKEN}' WITH ALL PRIVILEGES")

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def make(self, bucket: str) -> None:
        self.ask(f'CREATE DATABASE "{bucket}"')

    def write(self, bucket: str, body: bytes, encoding: str | None) -> tuple[int, str]:
        return self._call("/write", {"db": bucket, "precision": "n"}, body, {"Content-Encoding": encoding} if encoding else {})

    def ask(self, question: str, bucket: str = "") -> list[dict[str, Any]]:
        """The series of an InfluxQL answer: name, tags, columns, values; times in nanoseconds."""
        form = urllib.parse.urlencode({"q": question}).encode()
        status, said = self._call("/query", {"db": bucket, "epoch": "ns"}, form)
        answer = json.loads(said)
        assert status == 200, said
        assert "error" not in answer["results"][0], said
        found: list[dict[str, Any]] = answer["results"][0].get("series", [])
        return found

    def _call(
        self, path: str, query: dict[str, str], body: bytes | None = None, more: dict[str, str] | None = None
    ) -> tuple[int, str]:
        key = base64.b64encode(f"{USER}:{TOKEN}".encode()).decode()
        url = f"http://127.0.0.1:{self._port}{path}?{urllib.parse.urlencode(query)}"
        request = urllib.request.Request(url, body, {"Authorization": f"Basic {key}", **(more or {})})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except OSError:
            return 0, ""


@contextmanager
def adapted(server: Influxd) -> Iterator[str]:
    """The address at which `server` takes what a client of InfluxDB 2 writes."""

    def answer(asked: Asked) -> Said:
        path, _, query = asked.path.partition("?")
        if asked.headers.get("Authorization") != f"Token {TOKEN}":
            return 401, {"code": "unauthorized", "message": "unauthorized access"}
        if path == "/api/v2/buckets":
            return 200, {"buckets": []}  # what a store asks before it believes in sums
        words = dict(urllib.parse.parse_qsl(query))
        if path != "/api/v2/write" or words["precision"] != "ns":
            return 404, {"code": "not found", "message": path}
        status, said = server.write(words["bucket"], asked.body, asked.headers.get("Content-Encoding"))
        return status, {"code": "invalid" if status == 400 else "not found", "message": json.loads(said)["error"]} if said else {}

    with answering(answer) as url:
        yield url
