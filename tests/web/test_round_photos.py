"""A photograph as evidence of a round, in a real browser before the real cloud."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import serious
from tests.browser import picture
from tests.cloud.server import Served
from tests.web.test_facilities import enter, served
from tests.web.test_look import assert_no_sideways_scroll

__all__ = ["served"]
pytestmark = pytest.mark.browser


def door_handle(folder: Path) -> Path:
    """Larger than what is sent, and drawn: nobody's photograph."""
    image = Image.new("RGB", (2400, 1800), "#c9b79c")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((300, 150, 2100, 1650), 40, fill="#8a6a4a")
    draw.rounded_rectangle((1500, 800, 1950, 900), 50, fill="#d8d8d8")
    draw.ellipse((1750, 740, 1910, 960), fill="#bcbcbc")
    out = BytesIO()
    image.save(out, "JPEG", quality=95)
    file = folder / "handle.jpg"
    file.write_bytes(out.getvalue())
    return file


def opened(browser: Browser, served: Served, **look: str) -> Page:
    page = enter(browser, served, **look)
    page.locator("[data-asset=asset-1] .second").click()
    expect(page.locator("[data-make=asset-1]")).to_be_visible()
    return page


def made(page: Page) -> None:
    page.locator("input[name=parts]").first.check()
    page.locator("input[name=contact_min]").fill("30")
    page.locator(".make .primary").click()


def seen(page: Page, name: str = "") -> None:
    """Open the asset, and the photograph of its newest round."""
    page.locator("[data-asset=asset-1] .what").click()
    page.locator("[data-round] summary").first.focus()
    page.keyboard.press("Enter")
    shown = page.locator("[data-round] .photo img")
    expect(shown).to_be_visible()
    page.wait_for_function("() => document.querySelector('[data-round] .photo img').naturalWidth === 1280")
    if name:
        picture(page, name)


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_a_photograph_is_taken_shown_sent_and_seen_again(browser: Browser, served: Served, tmp_path: Path, locale: str) -> None:
    page = opened(browser, served, locale=locale)
    page.locator("input[name=photo]").set_input_files(door_handle(tmp_path))
    shown = page.locator(".photo figure img")
    expect(shown).to_be_visible()
    assert shown.evaluate("one => [one.naturalWidth, one.naturalHeight]") == [1280, 960]
    assert serious(page) == []
    assert_no_sideways_scroll(page)
    picture(page, f"facilities-photo-{locale[:2]}")
    made(page)
    expect(page.locator("[data-outcome=photographed]")).to_be_visible()
    page.locator(".outcome .primary").click()
    page.locator("button[aria-pressed=false]").click()  # all, also what is fine
    seen(page, f"facilities-photo-seen-{locale[:2]}")
    page.close()


def test_what_is_no_picture_is_told_and_what_was_taken_can_be_taken_away(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    page = opened(browser, served)
    (tmp_path / "not.jpg").write_bytes(b"no picture at all")
    page.locator("input[name=photo]").set_input_files(tmp_path / "not.jpg")
    expect(page.locator(".photo [role=alert]")).to_contain_text("cannot be read")
    page.locator("input[name=photo]").set_input_files(door_handle(tmp_path))
    expect(page.locator(".photo [role=alert]")).to_have_count(0)
    page.locator(".photo figure button").click()
    expect(page.locator(".photo figure")).to_have_count(0)
    made(page)
    expect(page.locator("[data-outcome=unverified]")).to_be_visible()
    page.close()


def test_without_a_network_the_photograph_waits_on_the_telephone_with_its_round(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    page = opened(browser, served)
    page.locator("input[name=photo]").set_input_files(door_handle(tmp_path))
    expect(page.locator(".photo figure img")).to_be_visible()
    page.context.set_offline(True)
    made(page)
    expect(page.locator("[data-outcome=kept]")).to_be_visible()
    page.context.set_offline(False)
    page.reload(wait_until="domcontentloaded")
    page.locator("[data-tab=rounds]").click()
    expect(page.locator("[data-kept]")).to_have_count(0)
    page.locator("button[aria-pressed=false]").click()
    seen(page)
    page.close()
