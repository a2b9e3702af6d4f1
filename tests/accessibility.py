"""What axe-core finds wrong with a page for people who see, hear or point otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "cloud" / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => `${one.id} (${one.impact}): ${one.help}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}"""


def serious(page: Page) -> list[str]:
    """Findings of the two upper grades, in words; empty where there are none."""
    if not AXE.is_file():
        pytest.skip("needs axe-core: npm ci in cloud/web")
    page.emulate_media(reduced_motion="reduce")  # a row in the middle of its fade-in has too little contrast
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [str(one) for one in page.evaluate(_RUN)]
