"""A real PostgreSQL for tests, on a socket in a folder of its own, with no port: one server, a database for each test."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from cloud.store.migrate import open_database

USER = "postgres"
ABSENT = "needs PostgreSQL's server: apt-get install postgresql"
either_ledger = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)
"""Marks what has to hold whichever database the ledger is in."""


class Server:
    """One cluster. Its texts are sorted as people sort them, its transactions see what a careless administrator chose."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder, self._programs = folder, programs
        self._data = folder / "data"
        self._numbers = count(1)
        self._pattern = ""
        self._run(
            "initdb", "--auth=trust", f"--username={USER}", "--no-sync", "--encoding=UTF8",
            "--locale-provider=icu", "--icu-locale=en", "--locale=C.UTF-8", f"--pgdata={self._data}",
        )  # fmt: skip

    def start(self, *, fsync: bool = False) -> None:
        options = f"-c fsync={'on' if fsync else 'off'} -c listen_addresses= -k {self._folder}"
        log = f"--log={self._folder / 'log'}"
        self._run("pg_ctl", "start", "--wait", "--silent", log, f"--pgdata={self._data}", f"--options={options}")

    def stop(self, mode: str = "immediate") -> None:
        """`immediate`: as if the server were killed; it has to read its log at the next start."""
        self._run("pg_ctl", "stop", f"--mode={mode}", "--silent", f"--pgdata={self._data}")

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://{USER}@/{database}?host={self._folder}"

    def ledger(self) -> str:
        """The address of a new, empty ledger of this version's schema."""
        if not self._pattern:
            made = self.empty()
            open_database(made).close()
            self._pattern = made.partition("?")[0].rpartition("/")[2]
        return self._make(f"TEMPLATE {self._pattern} STRATEGY file_copy")

    def empty(self, more: str = "") -> str:
        """The address of a new database with nothing in it."""
        return self._make(f"TEMPLATE template0 {more}")

    def _make(self, how: str) -> str:
        name = f"ledger{next(self._numbers)}"
        self.tell(f"CREATE DATABASE {name} {how}")
        return self.url(name)

    def tell(self, sentence: str, url: str = "") -> list[tuple[object, ...]]:
        """Run one SQL sentence; what it answers."""
        engine = create_engine(url or self.url(), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            answer = connection.exec_driver_sql(sentence)
            return [tuple(row) for row in answer] if answer.returns_rows else []

    def _run(self, program: str, *arguments: str) -> None:
        """It refuses to run as root."""
        become = ("setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups") if os.geteuid() == 0 else ()
        with (self._folder / "said").open("ab") as said:
            ended = subprocess.run(
                [*become, self._programs / program, *arguments], check=False, stdout=said, stderr=said, cwd="/", timeout=60
            )
        assert ended.returncode == 0, (self._folder / "said").read_text()


@contextmanager
def postgres() -> Iterator[Server]:
    """A server. Skips where there is none; where CI is set that is a failure."""
    programs = _programs()
    if programs is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(ABSENT)
    with tempfile.TemporaryDirectory() as name:  # not pytest's folder: its server runs as another user than root
        shutil.chown(name, USER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name)
        server = Server(Path(name), programs)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _programs() -> Path | None:
    """The folder of the newest server on this machine; Debian keeps it off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None
