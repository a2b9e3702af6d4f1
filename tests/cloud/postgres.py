"""A real PostgreSQL for tests, on a socket in a folder of the test, with no port."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

USER = "postgres"
FAST = ("-c", "fsync=off", "-c", "listen_addresses=")


@contextmanager
def postgres() -> Iterator[str]:
    """A server with an empty database; the ledger URL of it. Skips where there is no server or no driver."""
    pytest.importorskip("psycopg", reason="needs the extra `postgres`")
    initdb, pg_ctl = shutil.which("initdb"), shutil.which("pg_ctl")
    if initdb is None or pg_ctl is None:
        pytest.skip("needs PostgreSQL's server")
    with tempfile.TemporaryDirectory() as name:  # not pytest's folder: its server runs as another user than root
        folder = Path(name)
        data = folder / "data"
        shutil.chown(folder, _owner())
        _as_owner(initdb, "--auth=trust", f"--username={USER}", "--no-sync", "--pgdata", data)
        options = " ".join((*FAST, "-k", str(folder)))
        _as_owner(pg_ctl, "start", "--wait", "--silent", f"--log={folder / 'log'}", f"--pgdata={data}", f"--options={options}")
        try:
            yield f"postgresql+psycopg://{USER}@/postgres?host={folder}"
        finally:
            _as_owner(pg_ctl, "stop", "--mode=immediate", f"--pgdata={data}")


def _owner() -> str:
    return USER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _as_owner(*command: str | Path) -> None:
    """It refuses to run as root."""
    become: Sequence[str] = ()
    if os.geteuid() == 0:
        become = ("setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups")
    subprocess.run([*become, *command], check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=60)
