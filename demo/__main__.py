"""`make demo`: a broker, the cloud and one gate on this machine, until Ctrl-C."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.panel import Panel

from cloud.dispatch.signer import Signer, make_key
from contract.console import told
from contract.errors import MenshenError
from demo.broker import Broker
from demo.child import Child, console_command
from demo.settings import Wanted, cloud_toml, gate_toml
from edge.stop import Stop, stop_on

FOLDER: Final = Path(os.environ.get("MENSHEN_DEMO_FOLDER") or "build/demo").resolve()
"""Settings, passwords, databases and logs. Another folder makes another demo, which may run beside the first."""
GATE: Final = FOLDER.name
KIOSK_PORT: Final = 8600
WEB_PORT: Final = 8700
READY_S: Final = 90.0


def main() -> None:
    console = Console(highlight=False)
    stop = stop_on(signal.SIGINT, signal.SIGTERM)
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = Wanted(*(os.environ.get(name, "") for name in ("INPUT", "THERMAL", "REFERENCE")))
    with ExitStack() as running:
        addresses, children = _start(running, wanted, console, stop)
        if stop.is_set():
            return
        console.print(_panel(addresses))
        while not stop.wait(0.5):
            _all_alive(children)
        console.print("\nstopping ...")
    console.print("stopped; nothing is left running.")


def _start(running: ExitStack, wanted: Wanted, console: Console, stop: Stop) -> tuple[dict[str, str], list[Child]]:
    """Broker, cloud and gate, each ready before the next is started."""
    passwords = {name: _password(FOLDER / f"{name}.secret") for name in (GATE, "cloud", "admin")}
    kiosk_port, web_port = _port(KIOSK_PORT), _port(WEB_PORT)
    console.print("starting the broker ...")
    broker = running.enter_context(Broker(FOLDER / "broker", {GATE: passwords[GATE]}, passwords["cloud"]))
    admin_file, key_file = FOLDER / "admin.secret", FOLDER / "command.key"
    key = Signer.load(key_file) if key_file.exists() else Signer(make_key(key_file))
    of_cloud, of_gate = broker.password_file("cloud"), broker.password_file(GATE)
    _write("cloud.toml", cloud_toml(FOLDER, broker.port, of_cloud, admin_file, web_port, command_key_file=key_file))
    _write("gate.toml", gate_toml(wanted, FOLDER, broker.port, of_gate, kiosk_port, gate=GATE, command_key=key.public, air=True))
    children = []
    for name, command, address in (
        (
            "cloud",
            [console_command("menshen-cloud"), "run", str(FOLDER / "cloud.toml")],
            f"http://127.0.0.1:{web_port}/api/health",
        ),
        ("gate", [console_command("menshen-edge"), "run", str(FOLDER / "gate.toml")], f"http://127.0.0.1:{kiosk_port}/health"),
    ):
        console.print(f"starting the {name} ...")
        child = running.enter_context(Child(name, command, FOLDER / f"{name}.log"))
        children.append(child)
        _wait(lambda address=address: _answers(address), child, stop)  # type: ignore[misc]
    return {
        "guard screen": f"http://127.0.0.1:{web_port}/",
        "user": "admin",
        "password": passwords["admin"],
        "kiosk": f"http://127.0.0.1:{kiosk_port}/",
    }, children


def _panel(addresses: dict[str, str]) -> Panel:
    width = max(len(name) for name in addresses)
    lines = [f"{name:>{width}}  {value}" for name, value in addresses.items()]
    return Panel("\n".join(lines), title="Menshen is screening", subtitle="Ctrl-C stops everything", expand=False)


def _wait(ready: Callable[[], bool], child: Child, stop: Stop) -> None:
    end_s = time.monotonic() + READY_S
    while not ready() and not stop.wait(0.1):
        _all_alive([child])
        if time.monotonic() > end_s:
            raise MenshenError(
                f"the {child.name} was not ready within {READY_S:.0f} s", where=str(child.log), remedy="Read its log."
            )


def _all_alive(children: list[Child]) -> None:
    for child in children:
        if child.ended is not None:
            raise MenshenError(f"the {child.name} ended:\n{child.last_words()}", where=str(child.log))


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:  # noqa: S310 - our own http address
            return bool(answer.status == 200)  # noqa: PLR2004
    except (urllib.error.URLError, OSError):
        return False


def _password(path: Path) -> str:
    """Made at the first start, kept for the next."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(12))
    return path.read_text(encoding="ascii")


def _port(preferred: int) -> int:
    """The usual port, or a free one where something else has it."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise MenshenError("no free port on this machine")


def _write(name: str, text: str) -> None:
    path = FOLDER / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)


if __name__ == "__main__":
    told(main)
