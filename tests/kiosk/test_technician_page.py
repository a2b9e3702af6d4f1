"""The technician's page on a phone, in a real browser, with a gate on simulated cameras behind it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from edge.kiosk.technician.opening import LASTS_S
from tests.browser import open_page, picture
from tests.kiosk.conftest import living, until
from tests.kiosk.looked_at import PIN, LookedAt, serving

pytestmark = pytest.mark.browser

WITHIN_MS = 30_000


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> LookedAt:
    made = LookedAt(tmp_path_factory.mktemp("looked_at"))
    for _ in range(5):
        made.step()
    return made


def test_a_technician_enters_sees_both_pictures_and_the_loops_numbers_and_is_sent_out(browser: Browser, gate: LookedAt) -> None:
    with serving(gate) as door, living(gate.run):
        watched = open_page(browser, 390, 844, locale="en-US", color_scheme="light", ignore_https_errors=True)
        page = watched.page
        page.goto(gate.address)
        page.fill("#pin", "00000000")
        page.click("#enter")
        expect(page.locator("#answer")).to_have_text("Wrong PIN, 4 tries left.")
        watched.complaints.clear()  # the browser notes the 403
        page.goto(f"{gate.address}#{PIN}")  # as the terminal's code brings it along
        page.click("#enter")
        expect(page.locator("#faces li")).to_have_count(2, timeout=WITHIN_MS)
        assert page.url == gate.address, "the PIN does not stay in the address"
        for canvas in ("colour", "laid", "thermal"):
            assert page.evaluate(f"{BRIGHT}('{canvas}')") > 10, canvas
        picture(page, "technician-phone-en-light")
        gate.still.set()
        page.wait_for_timeout(500)
        shown_c = {float(text.split()[0]) for text in page.locator("#faces .value").all_text_contents()}
        held_c = {round(reading.core_c, 1) for reading in gate.readings()}
        assert shown_c
        assert shown_c <= held_c
        page.locator("summary").first.click()
        expect(page.locator(".bars").first).to_contain_text("reference body")
        page.click("#side-by-side")
        expect(page.locator("#stage-thermal .region-read").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out at the side"
        gate.still.clear()
        picture(page, "technician-phone-en-light-side")
        page.click("#language")
        expect(page.locator("#reference .mark")).to_have_text(re.compile("已找到"))
        gate.clock.advance(LASTS_S)
        expect(page.locator("#trouble")).to_contain_text("已关闭", timeout=WITHIN_MS)
        expect(page.locator("#pictures")).to_be_hidden()
        until(lambda: door.note["state"] == "closed")
        page.close()
        assert [one for one in watched.complaints if "401" not in one] == []


BRIGHT = """((id) => {
  const canvas = document.getElementById(id);
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
})"""
