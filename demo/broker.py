"""A real mosquitto on a free port of this machine, with the product's own limits and access list, as a child of this process."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from contract.access import CLOUD_USER
from demo.mosquitto import Mosquitto, NoBrokerError, find_mosquitto

REPOSITORY: Final = Path(__file__).resolve().parents[1]
PRODUCT: Final = REPOSITORY / "firmware_configs" / "mosquitto"
HOST: Final = "127.0.0.1"
_READY_S: Final = 10.0
_MACHINE: Final = "# This machine:"


class Broker:
    """Started on entering, stopped on leaving; keeps its port over `kill` and `start`.

    Attributes:
        port: on 127.0.0.1.
        log: what mosquitto says.
    """

    def __init__(
        self, folder: Path, gates: Mapping[str, str], cloud_password: str, *, port: int = 0, mosquitto: Mosquitto | None = None
    ) -> None:
        self.folder = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = port or _free_port()
        self.log = self.folder / "mosquitto.log"
        self._mosquitto = mosquitto or find_mosquitto(REPOSITORY / "build" / "mosquitto")
        self._users = {**gates, CLOUD_USER: cloud_password}
        self._child: subprocess.Popen[bytes] | None = None
        self._write_files()

    def password_file(self, user: str) -> Path:
        """The file with one user's password, readable by this user only."""
        return self.folder / f"{user}.password"

    @property
    def pid(self) -> int | None:
        """Of mosquitto; None while it does not run."""
        return None if self._child is None else self._child.pid

    def start(self) -> None:
        """Start and wait until it listens. Raises NoBrokerError when it does not."""
        self._check_port()
        command = [str(self._mosquitto.binary), "-c", str(self.folder / "mosquitto.conf")]
        setpriv = shutil.which("setpriv")
        if setpriv:  # so that it ends with us even when we are killed
            command = [setpriv, "--pdeathsig", "TERM", *command]
        with (self.folder / "mosquitto.out").open("ab") as out:
            self._child = subprocess.Popen(
                command, stdout=out, stderr=out, env=self._mosquitto.environment, start_new_session=True, cwd=self.folder
            )
        self._wait_until_ready(self._child)

    def kill(self) -> None:
        """End it without warning (SIGKILL)."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def freeze(self) -> None:
        """Let it hang (SIGSTOP): connections stay open and nothing answers."""
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        self._send(signal.SIGCONT)

    def _send(self, what: signal.Signals) -> None:
        if self._child is not None:
            self._child.send_signal(what)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def _end(self, how: signal.Signals) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.send_signal(how)
        try:
            child.wait(5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _check_port(self) -> None:
        # Before, not after: a connection to the port would be answered by whoever has it.
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, self.port))
            except OSError as taken:
                raise NoBrokerError(
                    f"another program listens on port {self.port}", where=HOST, remedy="Choose another port, or end that program."
                ) from taken

    def _wait_until_ready(self, child: subprocess.Popen[bytes]) -> None:
        end_s = time.monotonic() + _READY_S
        while time.monotonic() < end_s and child.poll() is None:
            try:
                socket.create_connection((HOST, self.port), 0.5).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        self.kill()
        raise NoBrokerError(f"mosquitto does not start: {self._last_words()}", where=str(self.folder))

    def _last_words(self) -> str:
        said = [path.read_text(errors="replace").strip() for path in (self.folder / "mosquitto.out", self.log) if path.exists()]
        return " | ".join(line for text in said for line in text.splitlines()[-3:]) or "it says nothing"

    def _write_files(self) -> None:
        for user, password in self._users.items():
            _write_private(self.password_file(user), password + "\n")
        hashed = self.folder / "passwd"
        _write_private(hashed, "".join(f"{user}:{password}\n" for user, password in self._users.items()))
        # -U hashes the file as it stands: no password on a command line, where everybody could read it.
        subprocess.run(
            [self._mosquitto.passwd_tool, "-U", hashed], env=self._mosquitto.environment, check=True, capture_output=True
        )
        shutil.copyfile(PRODUCT / "acl", self.folder / "acl")
        (self.folder / "mosquitto.conf").write_text(limits() + self._machine(), encoding="utf-8")

    def _machine(self) -> str:
        lines = [
            f"persistence_location {self.folder}/",
            f"log_dest file {self.log}",
            f"acl_file {self.folder}/acl",
            f"password_file {self.folder}/passwd",
            f"listener {self.port} {HOST}",
            as_user(),
        ]
        return "\n".join(lines) + "\n"


def as_user() -> str:
    """Whom mosquitto becomes: left alone, root becomes user mosquitto, who may not read our folder."""
    return "user root" if os.geteuid() == 0 else ""


def limits() -> str:
    """The upper half of the product's configuration: the same for every machine."""
    text = (PRODUCT / "menshen.conf").read_text(encoding="utf-8")
    return text[: text.index(_MACHINE)] + "\n"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
