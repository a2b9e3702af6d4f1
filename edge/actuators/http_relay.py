"""A relay with the RPC of Shelly's second generation, over HTTP: `Switch.Set` with `toggle_after` times itself."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from typing import Any, Final

from edge.buses.http_client import OK, HttpClient
from edge.config.barrier_remote import HttpBarrier
from edge.errors import BarrierError

USER: Final = "admin"
_REMEDY: Final = "Check the relay's power, the network, barrier.url and barrier.password_file."


class HttpRelay:
    """After each pull the relay is asked whether its timer runs; one that runs without is a plain output, dropped and refused.

    Raises:
        BarrierError: the password file cannot be read.
    """

    again_s: float | None = None

    def __init__(self, config: HttpBarrier) -> None:
        self._url, self._relay = config.url, config.relay
        password = None if config.password_file is None else _password(config.password_file)
        self._client = HttpClient(config.url, USER, password, config.deadline_s)

    def pull(self, seconds: float) -> None:
        self._get(f"/rpc/Switch.Set?id={self._relay}&on=true&toggle_after={seconds:g}", "was_on")
        status = self._get(f"/rpc/Switch.GetStatus?id={self._relay}", "output")
        if status["output"] is True and "timer_duration" not in status:
            self.drop()
            raise BarrierError(
                "the relay took no time after which it drops: it is a plain output",
                where=f"barrier.url = {self._url}",
                remedy="Use a relay that knows toggle_after (Shelly, second generation or later).",
            )

    def drop(self) -> None:
        self._get(f"/rpc/Switch.Set?id={self._relay}&on=false", "was_on")

    def ask(self) -> None:
        self._get(f"/rpc/Switch.GetStatus?id={self._relay}", "output")

    def close(self) -> None:
        self._client.close()

    def _get(self, path: str, key: str) -> dict[str, Any]:
        """The JSON object of the answer, which has `key`."""
        try:
            answer = self._client.get(path)
        except (OSError, http.client.HTTPException) as gone:
            why = "late" if isinstance(gone, TimeoutError) else str(gone) or type(gone).__name__
            raise BarrierError(f"the relay does not answer ({why})", where=self._url + path, remedy=_REMEDY) from gone
        said = _json(answer.body)
        if answer.status != OK or key not in said:
            what = f"the relay refuses (status {answer.status})"
            raise BarrierError(what, where=self._url + path, remedy=_REMEDY)
        return said


def _json(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _password(file: Path) -> str:
    where = f"barrier.password_file: {file}"
    remedy = "Write the relay's password into it, readable by the gate only (chmod 600)."
    try:
        password = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise BarrierError(f"the password file cannot be read ({unreadable})", where=where, remedy=remedy) from unreadable
    if not password:
        raise BarrierError("the password file is empty", where=where, remedy=remedy)
    return password
