"""The built guard screen before a scripted cloud, in a real browser."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette

from tests.browser import Watched, open_page
from tests.web.scripted_cloud import DIST, PASSWORD, ScriptedCloud


class QuietServer(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


@dataclass
class Site:
    """A running scripted cloud and where it listens."""

    cloud: ScriptedCloud
    address: str


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # a page may come before the server has started
        server = QuietServer(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
        assert not thread.is_alive()


@pytest.fixture
def site() -> Iterator[Site]:
    if not (DIST / "index.html").exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    cloud = ScriptedCloud()
    with serving(cloud.app) as address:
        yield Site(cloud, address)
        cloud.hang_up()


@pytest.fixture
def guard(browser: Browser, site: Site) -> Iterator[Watched]:
    """A guard signed in, on a laptop, in English."""
    watched = open_page(browser, 1366, 768, locale="en-GB")
    sign_in(watched.page, site.address)
    yield watched
    watched.page.close()
    assert [one for one in watched.complaints if "401" not in one and "503" not in one] == []


def sign_in(page: Page, address: str) -> None:
    page.goto(address, wait_until="domcontentloaded")
    page.locator("input[name=user]").fill("mei")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form .primary").click()
    expect(page.locator("[data-ready=true]")).to_be_visible()
