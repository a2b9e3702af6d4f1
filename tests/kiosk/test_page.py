"""The visitor's page in a real browser."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page, expect

from tests.browser import Watched, open_page, picture
from tests.kiosk.conftest import COLS, FACE, ROWS, Kiosk

pytestmark = pytest.mark.browser

WORDS = json.loads((Path(__file__).parents[2] / "edge/kiosk/pages/words.json").read_text(encoding="utf-8"))
SIZES = ((1080, 1920), (1024, 600), (800, 480))
SCENES: tuple[tuple[str, str | None], ...] = (
    ("idle", None),
    ("wait", "approach"),
    ("put_on_mask", None),
    ("fix_mask", None),
    ("pass", None),
    ("recheck", None),
    ("cannot_measure", "cold_skin"),
    ("hold", None),
    ("hold", "fire"),
)
PERSON = [190.0, 90.0, 450.0, 480.0]


def lobby() -> NDArray[np.uint8]:
    """A drawn entrance with a drawn visitor; fine detail where the face is, so that a mosaic shows."""
    scene = np.full((ROWS, COLS, 3), (150, 140, 128), np.uint8)
    cv2.rectangle(scene, (0, 330), (COLS, ROWS), (96, 104, 112), -1)
    for x in range(40, COLS, 120):
        cv2.rectangle(scene, (x, 40), (x + 70, 300), (190, 180, 160), -1)
    cv2.ellipse(scene, (320, 500), (170, 170), 0, 180, 360, (110, 70, 40), -1)
    cv2.ellipse(scene, (320, 235), (72, 95), 0, 0, 360, (150, 180, 225), -1)
    for x, y in ((294, 215), (346, 215)):
        cv2.circle(scene, (x, y), 9, (255, 255, 255), -1)
        cv2.circle(scene, (x, y), 4, (30, 20, 20), -1)
    scene[150:330:2, 250:390:2] //= 2
    return scene


@pytest.fixture
def screen(browser: Browser, kiosk: Kiosk) -> Iterator[Watched]:
    kiosk.say("idle")
    watched = open_page(browser, 1080, 1920)
    watched.page.goto(kiosk.address, wait_until="domcontentloaded")
    expect(watched.page.locator("body")).to_have_attribute("data-verdict", "idle")
    yield watched
    watched.page.close()
    assert watched.complaints == []


def test_an_empty_entrance_shows_the_notice_word_for_word(screen: Watched) -> None:
    """G4: the idle text equals the string of the notice exactly."""
    expect(screen.page.locator("#first")).to_have_text("请佩戴口罩并接受体温检测")
    expect(screen.page.locator("#time")).to_be_visible()


def test_the_prompt_follows_the_gate_within_the_blink_of_an_eye(kiosk: Kiosk, screen: Watched) -> None:
    page = screen.page
    page.evaluate(
        """() => { window.changed_ms = new Promise(done => new MutationObserver(() => done(Date.now()))
        .observe(document.body, {attributes: true, attributeFilter: ["data-verdict"]})) }"""
    )
    said_ms = time.time() * 1000
    kiosk.say("fix_mask")
    took_ms = page.evaluate("window.changed_ms") - said_ms
    print(f"board to prompt: {took_ms:.0f} ms")
    assert took_ms < 1000
    expect(page.locator("#first")).to_have_text(WORDS["titles"]["fix_mask"]["zh"])
    expect(page.locator("#second")).to_have_text(WORDS["titles"]["fix_mask"]["en"])


def test_a_gate_that_goes_quiet_is_unknown_and_its_mirror_goes(kiosk: Kiosk, screen: Watched) -> None:
    kiosk.say("pass")
    expect(screen.page.locator("body")).to_have_attribute("data-verdict", "pass")
    kiosk.quiet.set()
    expect(screen.page.locator("body")).to_have_attribute("data-verdict", "unknown", timeout=4000)
    expect(screen.page.locator("#mirror")).to_be_hidden()
    kiosk.quiet.clear()
    expect(screen.page.locator("body")).to_have_attribute("data-verdict", "pass")


def test_each_reason_to_wait_has_its_own_prompt(kiosk: Kiosk, screen: Watched) -> None:
    for reason, pair in WORDS["waiting"].items():
        kiosk.say("wait", reason)
        expect(screen.page.locator("#first")).to_have_text(pair["zh"])


def test_a_gate_that_does_not_measure_says_so(kiosk: Kiosk, screen: Watched) -> None:
    kiosk.say("pass", screened_for={"mask": True, "temperature": False})
    expect(screen.page.locator("#unchecked")).to_contain_text("此处不测体温")
    kiosk.say("idle", screened_for={"mask": True, "temperature": False})
    expect(screen.page.locator("#first")).to_have_text("请佩戴口罩")


def test_who_has_just_come_in_is_told_for_how_long_to_rest(kiosk: Kiosk, screen: Watched) -> None:
    kiosk.say("cannot_measure", "acclimatise", rest_min=10)
    expect(screen.page.locator("#first")).to_have_text("请走人工通道")
    expect(screen.page.locator("#note")).to_contain_text("请先休息约10分钟")
    expect(screen.page.locator("#note")).to_contain_text("please rest for 10 min first")


def test_a_replay_is_labelled(kiosk: Kiosk, screen: Watched) -> None:
    expect(screen.page.locator("#replay")).to_be_hidden()
    kiosk.say("pass", replay=True)
    expect(screen.page.locator("#replay")).to_contain_text("REPLAY")


def test_the_other_language_comes_first_at_one_touch(kiosk: Kiosk, screen: Watched) -> None:
    kiosk.say("recheck")
    screen.page.locator("#language").click()
    expect(screen.page.locator("#first")).to_have_text(WORDS["titles"]["recheck"]["en"])
    expect(screen.page.locator("#second")).to_have_text(WORDS["titles"]["recheck"]["zh"])


def test_the_mirror_moves_and_the_face_in_it_is_covered(kiosk: Kiosk, screen: Watched) -> None:
    for brightness in (40, 220):
        scene = lobby()
        scene[:60, :60] = brightness
        kiosk.say("wait", "gathering", faces=[FACE], person=PERSON, frame=kiosk.show(scene))
        screen.page.wait_for_function(
            f"() => {{ {SAMPLE} const far = sample(10, 10, 40, 40); return Math.abs(far.mean - {brightness}) < 12 }}"
        )
        kiosk.say("wait", "gathering", faces=[FACE], person=PERSON, frame=kiosk.show(scene))
    inside = screen.page.evaluate(f"() => {{ {SAMPLE} return sample(260, 160, 120, 160) }}")
    assert inside["step"] < 5


SAMPLE = """
const sample = (x, y, wide, high) => {
  const canvas = document.createElement("canvas");
  canvas.width = 640; canvas.height = 480;
  const context = canvas.getContext("2d");
  const image = document.getElementById("picture");
  if (!image.complete && !image.naturalWidth) return {mean: -1, step: -1};
  context.drawImage(image, 0, 0, 640, 480);
  const pixels = context.getImageData(x, y, wide, high).data;
  let sum = 0, step = 0;
  for (let at = 0; at + 4 < pixels.length; at += 4) { sum += pixels[at]; step += Math.abs(pixels[at] - pixels[at + 4]); }
  return {mean: sum / (pixels.length / 4), step: step / (pixels.length / 4)};
};
"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_prompt_fits_and_can_be_read_from_afar(browser: Browser, kiosk: Kiosk, width: int, height: int) -> None:
    kiosk.say("idle")
    watched = open_page(browser, width, height)
    page = watched.page
    page.goto(kiosk.address, wait_until="domcontentloaded")
    for verdict, reason in SCENES:
        screened = {"mask": True, "temperature": verdict != "pass"}
        kiosk.say(verdict, reason, faces=[FACE], person=PERSON, replay=True, frame=kiosk.show(lobby()), screened_for=screened)
        expect(page.locator("body")).to_have_attribute("data-verdict", verdict)
        if verdict not in ("idle", "hold"):
            page.wait_for_function("() => document.getElementById('picture').naturalWidth > 0")
        page.wait_for_timeout(250)
        picture(page, f"kiosk-{width}x{height}-{verdict}")
        assert_fits(page, height)
    for reason in WORDS["waiting"]:
        kiosk.say("wait", reason, replay=True, frame=kiosk.show(lobby()))
        expect(page.locator("body")).to_have_attribute("data-reason", reason)
        assert_fits(page, height)
    kiosk.quiet.set()
    expect(page.locator("body")).to_have_attribute("data-verdict", "unknown")
    picture(page, f"kiosk-{width}x{height}-unknown")
    assert_fits(page, height)
    page.close()
    assert watched.complaints == []


def assert_fits(page: Page, height: int) -> None:
    """The shape 30 %, the words 6 % of the height, all of it inside the upper half."""
    shape, prompt, words = (page.locator(where).bounding_box() for where in ("#shape", "#prompt", "#words"))
    assert shape is not None
    assert prompt is not None
    assert words is not None
    assert shape["height"] >= 0.295 * height
    assert page.evaluate("parseFloat(getComputedStyle(document.getElementById('first')).fontSize)") >= 0.06 * height
    assert words["y"] >= 0
    assert words["y"] + words["height"] <= prompt["y"] + prompt["height"]
    assert prompt["height"] <= 0.59 * height
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
