"""What every test may ask for, and what a skipped test says."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

pytest_plugins = ["tests.fixtures_broker", "tests.browser"]

REFERENCE_DATA = "MENSHEN_REFERENCE_DATA"


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of pictures and recordings that may not be published; the test is skipped where it is absent."""
    folder = os.environ.get(REFERENCE_DATA, "")
    if not folder or not Path(folder).is_dir():
        pytest.skip(f"{REFERENCE_DATA} names no folder: the reference data are no part of the project")
    return Path(folder)


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


ALONE = ("system", "chaos", "no_image", "demo")
"""Folders whose tests need the machine for themselves: whole gates in their own time, or all that is written anywhere."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine cannot run, and say why. Where CI is set nothing may be skipped for want of a program."""
    for item in items:
        if item.path.relative_to(Path(__file__).parent).parts[0] in ALONE:
            item.add_marker("alone")
    if os.environ.get("CI"):
        return
    if chromium() is None:
        skip = pytest.mark.skip(reason="needs Chromium: apt-get install chromium")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(skip)
