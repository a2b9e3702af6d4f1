"""The kiosk's server: on this machine only, nothing kept, nothing from elsewhere, a clear word when its port is taken."""

from __future__ import annotations

import json
import time

import httpx
import pytest

from edge.errors import BusyPortError
from edge.kiosk.local_server import listen
from tests.kiosk.conftest import FACE, Kiosk, until, visitor_picture


def test_every_answer_forbids_keeping_and_foreign_content(kiosk: Kiosk) -> None:
    for path in ("/", "/kiosk.js", "/words.json", "/icon.svg", "/health", "/nothing"):
        headers = httpx.get(kiosk.address + path).headers
        assert headers["cache-control"] == "no-store", path
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff", path


def test_a_name_from_elsewhere_is_refused(kiosk: Kiosk) -> None:
    assert httpx.get(kiosk.address, headers={"host": "evil.example"}).status_code == 400


def test_health_says_whether_the_gate_makes_its_rounds(kiosk: Kiosk) -> None:
    kiosk.say("idle")
    assert httpx.get(kiosk.address + "/health").status_code == 200
    kiosk.quiet.set()
    kiosk.board.beat(time.monotonic() - 2)
    assert httpx.get(kiosk.address + "/health").status_code == 503


def test_a_change_is_told_within_a_few_hundredths_of_a_second(kiosk: Kiosk) -> None:
    kiosk.say("idle")
    with httpx.stream("GET", kiosk.address + "/state") as events:
        lines = (line.removeprefix("data: ") for line in events.iter_lines() if line.startswith("data: "))
        assert json.loads(next(lines))["verdict"] == "idle"
        said_s = time.monotonic()
        kiosk.say("recheck")
        verdict = next(state for line in lines if (state := json.loads(line))["verdict"] == "recheck")
    print(f"board to page: {1000 * (verdict['sent_s'] - said_s):.1f} ms")
    assert verdict["size"] == [640, 480]
    assert verdict["sent_s"] - said_s < 0.5


def test_a_gate_that_goes_quiet_is_told_as_unknown(kiosk: Kiosk) -> None:
    kiosk.say("pass")
    with httpx.stream("GET", kiosk.address + "/state") as events:
        lines = (line.removeprefix("data: ") for line in events.iter_lines() if line.startswith("data: "))
        assert json.loads(next(lines))["verdict"] == "pass"
        kiosk.quiet.set()
        quiet_s = time.monotonic()
        next(line for line in lines if json.loads(line)["verdict"] == "unknown")
    assert time.monotonic() - quiet_s < 2.5


def test_the_mirror_gives_pictures_nobody_keeps(kiosk: Kiosk) -> None:
    kiosk.say("wait", faces=[FACE], frame=kiosk.show(visitor_picture(1)))
    with httpx.stream("GET", kiosk.address + "/mirror") as moving:
        assert moving.headers["cache-control"] == "no-store"
        assert moving.headers["content-type"].startswith("multipart/x-mixed-replace")
        assert b"\xff\xd8" in next(moving.iter_bytes())


def test_a_crowd_of_viewers_is_turned_away(kiosk: Kiosk) -> None:
    kiosk.say("idle")
    streams = [httpx.stream("GET", kiosk.address + "/state") for _ in range(4)]
    reading = [stream.__enter__().iter_lines() for stream in streams]
    assert all(next(lines).startswith("retry") for lines in reading)
    assert httpx.get(kiosk.address + "/state").status_code == 503
    for stream in streams:
        stream.__exit__(None, None, None)
    until(lambda: _answers(kiosk))


def _answers(kiosk: Kiosk) -> bool:
    with httpx.stream("GET", kiosk.address + "/state") as again:
        return again.status_code == 200


def test_a_taken_port_is_named_with_its_remedy() -> None:
    with listen(0, "kiosk.port = 0") as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BusyPortError, match=f"kiosk.port = {port}.*choose another port"):
            listen(port, f"kiosk.port = {port}")
