"""The page of `try simulated`: a technician sees the people who walk up, in two languages, and Ctrl-C ends it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import open_page, picture

WITHIN_MS = 45_000
LOOKS = [("desk", 1366, 768, "zh-CN", "dark"), ("phone", 390, 844, "en-US", "light")]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    """The running command, its address and its working directory."""
    folder = tmp_path_factory.mktemp("trial")
    command = [sys.executable, "-m", "edge", "try", "simulated", "--port", "0"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200"})
    assert process.stdout is not None
    address = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
    assert address is not None
    yield process, address[0], folder
    if process.poll() is None:
        process.kill()
    process.wait()
    process.stdout.close()


def test_the_page_keeps_nothing_and_loads_nothing_from_elsewhere(trial: tuple[subprocess.Popen[str], str, Path]) -> None:
    with urllib.request.urlopen(trial[1]) as answer:
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.browser
@pytest.mark.parametrize(("name", "width", "height", "language", "scheme"), LOOKS)
def test_the_people_who_walk_up_are_shown(
    trial: tuple[subprocess.Popen[str], str, Path],
    browser: Browser,
    name: str,
    width: int,
    height: int,
    language: str,
    scheme: str,
) -> None:
    watched = open_page(browser, width, height, locale=language, color_scheme=scheme)
    page = watched.page
    page.goto(trial[1])
    expect(page.locator("#faces li").first).to_be_visible(timeout=WITHIN_MS)
    expect(page.locator("#pass")).to_contain_text("ms")
    expect(page.locator("#state")).to_have_text({"zh-CN": "实时", "en-US": "live"}[language])
    assert page.evaluate("document.getElementById('picture').naturalWidth") == 640
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing sticks out at the side"
    picture(page, f"try-{name}-{language}-{scheme}")
    page.click("#language")
    expect(page.locator("#state")).to_have_text({"zh-CN": "live", "en-US": "实时"}[language])
    page.close()
    assert watched.complaints == []


@pytest.mark.browser
def test_ctrl_c_ends_it_leaves_nothing_and_the_page_says_so(
    trial: tuple[subprocess.Popen[str], str, Path], browser: Browser
) -> None:
    process, address, folder = trial
    page = open_page(browser, 800, 600, locale="en-US").page
    page.goto(address)
    expect(page.locator("#state")).to_have_text("live", timeout=WITHIN_MS)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    expect(page.locator("#state")).to_have_text("the command has ended, or the connection is lost", timeout=WITHIN_MS)
    expect(page.locator("#picture")).to_be_hidden()
    page.close()
    assert list(folder.iterdir()) == []
