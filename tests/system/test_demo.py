"""`make demo` as a new user meets it: it says where to look, shows every verdict, ends on Ctrl-C and starts again."""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.sync_api import Browser

from contract.verdicts import Verdict
from demo.broker import REPOSITORY
from edge.app.rundir import MEMORY
from tests.browser import open_page, picture
from tests.system.until import until

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.timeout(300)]

READY_S, ALL_VERDICTS_S, STOP_S = 90.0, 75.0, 15.0
DUE = {Verdict.PASS, Verdict.PUT_ON_MASK, Verdict.FIX_MASK, Verdict.RECHECK, Verdict.WAIT, Verdict.CANNOT_MEASURE}


class Demo:
    """One start of the demo, in a folder of its own so that another demo may run beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._out = folder.with_suffix(".out")
        with self._out.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "demo"],
                cwd=REPOSITORY,
                env=os.environ | {"MENSHEN_DEMO_FOLDER": str(folder), "INPUT": "", "THERMAL": "", "REFERENCE": ""},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self._out.read_text(encoding="utf-8")

    def wait_until_ready(self) -> None:
        until(lambda: "Ctrl-C" in self.said or self._process.poll() is not None, READY_S, lambda: self.said)
        assert self._process.poll() is None, self.said

    def told(self, name: str) -> str:
        """What stands behind `name` in the frame."""
        found = re.search(rf"{name}\s+(\S+)", self.said)
        assert found, self.said
        return found[1]

    def interrupt(self) -> float:
        """Ctrl-C. Returns how long it took to end."""
        begun_s = time.monotonic()
        self._process.send_signal(signal.SIGINT)
        assert self._process.wait(STOP_S) == 0, self.said
        return time.monotonic() - begun_s

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def processes(self) -> list[psutil.Process]:
        """What runs of it."""
        marks = (str(self.folder), str(self.memory))
        return [one for one in psutil.process_iter() if any(mark in word for word in _words(one) for mark in marks)]

    @property
    def memory(self) -> Path:
        """Where its gate keeps what its processes share."""
        return MEMORY / f"menshen-{os.getuid()}-{self.folder.name}"


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@contextmanager
def demo(folder: Path) -> Iterator[Demo]:
    running = Demo(folder)
    try:
        running.wait_until_ready()
        yield running
        print(f"\nended {running.interrupt():.1f} s after Ctrl-C")
        assert "nothing is left running" in running.said
        until(lambda: not running.processes(), 2, lambda: f"nothing is left running: {running.processes()}")
        assert not running.memory.exists()
    finally:
        running.kill()


@pytest.mark.browser
def test_the_demo_shows_everything_ends_on_ctrl_c_and_starts_again(tmp_path: Path, browser: Browser) -> None:
    folder = tmp_path / f"demo-{secrets.token_hex(3)}"
    with demo(folder) as first:
        begun_s = time.monotonic()
        assert _missing_verdicts(first.told("kiosk")) == set()
        print(f"\nevery verdict within {time.monotonic() - begun_s:.1f} s")
        with httpx.Client(base_url=first.told("guard screen"), timeout=10) as guard:
            _sign_in(guard, first.told("password"))
            until(lambda: _has_a_case(guard), 5, "somebody waits in the guard's queue")
        password = first.told("password")
    with demo(folder) as second:
        assert second.told("password") == password
        _keep_pictures(browser, second)


def _keep_pictures(browser: Browser, running: Demo) -> None:
    """What visitor and guard see of the simulated entrance; the documents show these pictures."""
    kiosk = open_page(browser, 1024, 600).page
    kiosk.goto(running.told("kiosk"), wait_until="domcontentloaded")
    kiosk.wait_for_selector('body[data-verdict="fix_mask"]', timeout=ALL_VERDICTS_S * 1000)
    kiosk.wait_for_function("() => [...document.images].every(one => one.naturalWidth > 0)")
    picture(kiosk, "demo-kiosk")
    kiosk.close()
    for name, width, height in (("demo-guard", 1366, 768), ("demo-guard-phone", 390, 844)):
        guard = open_page(browser, width, height, locale="en-GB").page
        guard.goto(running.told("guard screen"))
        guard.fill('input[autocomplete="username"]', "admin")
        guard.fill('input[type="password"]', running.told("password"))
        guard.keyboard.press("Enter")
        guard.wait_for_selector("[data-visit]", state="attached", timeout=15_000)
        picture(guard, name)
        guard.close()


def _missing_verdicts(kiosk: str) -> set[Verdict]:
    """What the kiosk has not said within ALL_VERDICTS_S."""
    assert "<html" in httpx.get(kiosk, timeout=5).text
    missing, end_s = set(DUE), time.monotonic() + ALL_VERDICTS_S
    with httpx.stream("GET", f"{kiosk}state", timeout=5) as states:
        for line in states.iter_lines():
            if line.startswith("data: "):
                missing.discard(json.loads(line[6:])["verdict"])
            if not missing or time.monotonic() > end_s:
                break
    return missing


def _sign_in(guard: httpx.Client, password: str) -> None:
    assert "<html" in guard.get("/").text
    assert guard.get("/api/snapshot").status_code == 401
    assert guard.post("/api/session", json={"user": "admin", "password": password}).status_code == 200


def _has_a_case(guard: httpx.Client) -> bool:
    return any(item["type"] == "case" for item in guard.get("/api/snapshot").json()["queue"])
