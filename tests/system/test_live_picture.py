"""A guard looks through a gate: browser, cloud, broker, gate and back, every part a process of its own; no face is to be seen."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, expect

from edge.config.tree import load_gate
from tests.browser import picture
from tests.system.house import gate_names, open_house
from tests.system.screen import GuardPage
from tests.system.settings import NO_ARM
from tests.system.until import until

CAMERAS = """gate = "{name}"

[colour]
source = "simulated"
fps = 8.0

[thermal]
source = "none"

[screening]
temperature = false
"""
PIXELS = """() => {
  const canvas = document.querySelector("[data-page] canvas");
  const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return [width, height, btoa(Array.from(data.filter((_, at) => at % 4 === 1), (one) => String.fromCharCode(one)).join(""))];
}"""


def shown(screen: GuardPage) -> NDArray[np.int16]:
    """The green of what stands on the canvas, (rows, cols)."""
    width, height, text = screen.page.evaluate(PIXELS)
    return np.frombuffer(b64decode(text), np.uint8).reshape(height, width).astype(np.int16)


def flat(part: NDArray[np.int16]) -> float:
    """Which share of neighbours in a row are alike, as they are within the blocks of a mosaic; a camera's noise leaves few so."""
    return float((np.abs(np.diff(part, axis=1)) <= 2).mean())


@pytest.mark.broker
@pytest.mark.browser
@pytest.mark.slow
def test_a_guard_sees_the_gate_and_no_face_in_it(browser: Browser, tmp_path: Path) -> None:
    (name,) = gate_names(1)
    with open_house(tmp_path, [name]) as house:
        keys = f'clock = "wall"\ncommand_keys = ["{house.signer.public}"]'
        gate = house.add_gate(
            name, CAMERAS.format(name=name), f'{NO_ARM}\n[live]\nallowed = true\nurl = "{house.url}"\n', uplink=keys
        )
        gate.start()
        screen = GuardPage(browser, house.url)
        screen.page.locator(f"[data-gate={name}] [data-action=gate]").click()
        screen.page.locator("[data-action=look]").click()
        screen.page.keyboard.type("somebody fell")
        screen.page.keyboard.press("Enter")
        expect(screen.page.locator("[data-look=showing]")).to_be_visible(timeout=15_000)
        face = until(lambda: (gate.note("gate").get("faces") or [None])[0], 20, "somebody's face is seen")
        before = int(screen.page.locator("[data-look]").get_attribute("data-pictures") or 0)
        until(lambda: int(screen.page.locator("[data-look]").get_attribute("data-pictures") or 0) > before, 5, "a picture of it")
        x1, y1, x2, y2 = (int(edge) for edge in face)
        canvas = shown(screen)
        newest = gate.rundir.colour_ring(load_gate(gate.settings)).read(0)
        assert newest is not None
        assert flat(newest.pixels[y1:y2, x1:x2, 1].astype(np.int16)) < 0.7
        assert canvas.shape == (480, 640)
        assert flat(canvas[y1:y2, x1:x2]) > 0.85
        picture(screen.page, "look-live")
        screen.page.locator("[data-action=stop]").click()
        until(lambda: house.ledger("SELECT 1 FROM audit WHERE action = 'live ended'"), 10, "the end is written down")
        assert "somebody fell" in house.ledger("SELECT detail FROM audit WHERE action = 'live asked'")[0][0]
        assert not any(b"\xff\xd8\xff" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
