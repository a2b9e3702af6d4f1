"""Every screen at every size, in both themes and languages, busy, empty, refused and away, to be looked at.

python -m tests.web.render [--part ledger] [--state busy]    into build/screens/every/, with sheets of many at once
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import FLAGS, SCREENS, found_chromium, open_page
from tests.cloud.server import Served
from tests.web.faults import FAULTS, break_off
from tests.web.screens import SCREENS as EVERY
from tests.web.screens import Look, dress, go
from tests.web.town import busy_morning, nothing_yet, town

FOLDER = SCREENS / "every"
SIZES = ((1920, 1080), (1366, 768), (390, 844))
TILE = {1920: 780, 1366: 780, 390: 312}
ACROSS = {1920: 2, 1366: 2, 390: 5}


def looks() -> Iterator[Look]:
    for (width, height), theme, language in product(SIZES, ("night", "light"), ("zh", "en")):
        yield Look(width, height, language, theme)


def render(browser: Browser, served: Served, state: str, look: Look, part: str) -> list[Path]:
    """One picture of each screen; those that are not there in this state are left out."""
    made = []
    page = open_page(browser, look.width, look.height, locale="zh-CN", timezone_id="UTC").page
    page.set_default_timeout(5_000)
    dress(page, served, look)
    if state in FAULTS:
        break_off(page, state)
    for screen in EVERY:
        if not screen.name.startswith(part) or (screen.filled and state != "busy"):
            continue
        path = FOLDER / f"{state}-{look.name}-{screen.name}.png"
        try:
            go(page, served, screen, "body" if state in FAULTS else "")
        except AssertionError as error:
            print(f"{path.stem}: {str(error).splitlines()[0]}")
        page.screenshot(path=path, animations="disabled")
        made += [path]
    page.close()
    return made


def sheet(pictures: list[Path], width: int, name: str) -> None:
    """Many small ones in one picture, each as wide as it can still be read."""
    tiles = []
    for path in pictures:
        shot = cv2.imread(str(path))
        assert shot is not None
        scale = TILE[width] / shot.shape[1]
        tile = cv2.resize(shot, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        cv2.putText(tile, path.stem, (6, tile.shape[0] - 6), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (0, 0, 255), 1, cv2.LINE_AA)
        tiles += [cv2.copyMakeBorder(tile, 0, 6, 0, 6, cv2.BORDER_CONSTANT, value=(0, 0, 255))]
    across = ACROSS[width]
    for number in range(0, len(tiles), 2 * across):
        shown = tiles[number : number + 2 * across]
        shown += [np.zeros_like(tiles[0])] * (-len(shown) % across)
        rows = [np.hstack(shown[at : at + across]) for at in range(0, len(shown), across)]
        cv2.imwrite(str(FOLDER / f"sheet-{name}-{number // (2 * across)}.png"), np.vstack(rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="", help="how the names of the screens begin")
    parser.add_argument("--state", default="", help="busy, empty, refused, failing or away; all of them where it is left out")
    parser.add_argument("--look", default="", help="such as 390-zh; all of them where it is left out")
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=5_000)
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=found_chromium(), args=list(FLAGS))
        for state in ("busy", "empty", *FAULTS):
            if not state.startswith(asked.state):
                continue
            place = Path(folder) / state
            place.mkdir()
            with town(place, nothing_yet if state == "empty" else busy_morning) as served:
                for look in looks():
                    if look.name.startswith(asked.look):
                        made = render(browser, served, state, look, asked.part)
                        sheet(made, look.width, f"{state}-{look.name}")
                        print(f"{state} {look.name}: {len(made)} screens")
        browser.close()


if __name__ == "__main__":
    main()
