"""A guard looks from afar: the cloud's certificate is checked, faces are covered, the visitor's screen says so first."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import cv2
import httpx
import numpy as np
import pytest
from playwright.sync_api import Browser, expect
from websockets.sync.server import ServerConnection, serve

from contract.commands import Verb
from edge.board import Board
from edge.clock import SystemClock
from edge.config.kiosk import KioskConfig
from edge.kiosk.look import Look
from edge.kiosk.mirror import Mirror
from edge.kiosk.server import run_kiosk
from edge.orders import Order, Orders
from edge.pairing.cloud import known_to
from tests.browser import open_page, picture
from tests.kiosk.conftest import FACE, Kiosk, living, until, visitor_picture
from tests.kiosk.test_mirror import FACE_PART, detail
from tests.secure_broker import Authority

Heard = Queue[tuple[str, bytes]]


@contextmanager
def cloud(folder: Path | None = None) -> Iterator[tuple[str, Heard]]:
    """A cloud that takes one picture of each look and hangs up; with a certificate of `folder`'s authority, or in the clear."""
    heard: Heard = Queue()
    tls = None if folder is None else ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if tls and folder:
        tls.load_cert_chain(folder / "127.0.0.1.crt", folder / "127.0.0.1.key")

    def take(socket: ServerConnection) -> None:
        picture = socket.recv(timeout=10)
        assert isinstance(picture, bytes)
        assert socket.request is not None
        heard.put((socket.request.headers["Authorization"], picture))

    with serve(take, "127.0.0.1", 0, ssl=tls) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.socket.getsockname()[1]}", heard
        server.shutdown()
        thread.join(5)


def order(name: str, ticket: str) -> Order:
    said = {"purpose": "somebody fell", "ticket": ticket}
    return Order(name, Verb.LIVE, "mei", "guard", said, time.monotonic() + 10)


@contextmanager
def looked_at(gate: Kiosk, folder: Path, url: str, trust: ssl.SSLContext | None = None) -> Iterator[Board]:
    """A kiosk that a guard may look through; the board on which that is asked."""
    orders = Board.create(folder / "orders")
    orders.post(Orders().with_order(order("before", "old")).as_note(), time.monotonic())  # nobody obeys what was obeyed
    look = Look(orders, lambda: Mirror(gate.ring, gate.board), url, trust, SystemClock())

    def run(stop: threading.Event) -> None:
        run_kiosk(KioskConfig(port=0), "south-1", gate.board, gate.ring, gate.own, stop, look=look)

    with living(run):
        until(lambda: gate.own.read() is not None)
        yield orders


def shown(gate: Kiosk) -> Callable[[threading.Event], None]:
    """Somebody stands there, in one picture after the other."""

    def show(stop: threading.Event) -> None:
        while not stop.wait(0.1):
            gate.say("wait", faces=[FACE], frame=gate.show(visitor_picture(1)))

    return show


def test_the_screen_says_that_a_guard_looks_before_a_picture_without_a_face_goes(gate: Kiosk, tmp_path: Path) -> None:
    gate.say("wait", faces=[FACE], frame=gate.show(visitor_picture(1)))
    with cloud() as (url, heard), looked_at(gate, tmp_path, url) as orders, living(shown(gate)):
        with httpx.stream("GET", f"{gate.address}/state", timeout=10) as states:
            lines = states.iter_lines()
            orders.post(Orders().with_order(order("c-1", "good-once")).as_note(), time.monotonic())
            told = next(line for line in lines if '"watched": true' in line or '"watched":true' in line)
            assert told
            assert heard.empty()
        authorization, picture = heard.get(timeout=10)
        assert authorization == "Bearer good-once"
        seen = np.asarray(cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR), np.uint8)
        assert detail(seen, FACE_PART) < 12
        with pytest.raises(Empty):  # once: neither again, nor what stood there before
            heard.get(timeout=0.3)


@pytest.mark.parametrize("whose", ["own", "other"])
def test_a_picture_goes_to_whoever_shows_to_be_the_cloud_and_to_nobody_else(gate: Kiosk, tmp_path: Path, whose: str) -> None:
    for name in dict.fromkeys(("own", whose)):
        for words in (("ca",), ("server", "127.0.0.1")):
            made = Authority(tmp_path / name).make(*words)
            assert made.returncode == 0, made.stderr
    trust = known_to((tmp_path / "own" / "ca.crt").read_text(encoding="ascii"))
    gate.say("wait", faces=[FACE], frame=gate.show(visitor_picture(1)))
    with cloud(tmp_path / whose) as (url, heard), looked_at(gate, tmp_path, url, trust) as orders, living(shown(gate)):
        orders.post(Orders().with_order(order("c-1", "good-once")).as_note(), time.monotonic())
        if whose == "own":
            assert heard.get(timeout=10)[0] == "Bearer good-once"
        else:
            with pytest.raises(Empty):
                heard.get(timeout=2.0)


@pytest.mark.browser
def test_whoever_stands_at_the_gate_reads_that_a_guard_looks(browser: Browser, gate: Kiosk, tmp_path: Path) -> None:
    gate.say("recheck", faces=[FACE], message={"zh": "请走左边", "en": "Keep left"}, frame=gate.show(visitor_picture(1)))
    look = Look(Board.create(tmp_path / "orders"), lambda: Mirror(gate.ring, gate.board), "", None, SystemClock(), watched=True)

    def run(stop: threading.Event) -> None:
        run_kiosk(KioskConfig(port=0), "south-1", gate.board, gate.ring, gate.own, stop, look=look)

    with living(run):
        until(lambda: gate.own.read() is not None)
        for width, height in ((1080, 1920), (800, 480)):
            watched = open_page(browser, width, height)
            watched.page.goto(gate.address, wait_until="domcontentloaded")
            expect(watched.page.locator("#watched span").nth(1)).to_have_text("A guard is looking; faces are covered")
            expect(watched.page.locator("#first")).to_have_text("请到复检区")
            expect(watched.page.locator("#watched")).to_be_in_viewport(ratio=1)
            picture(watched.page, f"kiosk-watched-{width}")
            watched.page.close()
            assert watched.complaints == []
