"""What is wrong with how a screen looks: what is cut off, and what is not in the language chosen."""

from __future__ import annotations

import re

from playwright.sync_api import Page

_CUT = """() => {
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const modal = document.querySelector("dialog[open]");
  while (texts.nextNode()) {
    const text = texts.currentNode, own = text.parentElement;
    if (!text.data.trim() || own.closest(".unseen, option, select, script")) continue;
    if (!own.checkVisibility({visibilityProperty: true})) continue;
    if (modal && !modal.contains(own)) continue;
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      let right = innerWidth, left = 0, above = own, scrolls = false;
      for (; above && above !== document.body; above = above.parentElement) {
        const how = getComputedStyle(above).overflowX;
        if (above.matches(".scroll, nav")) { scrolls = true; break; }
        if (how !== "visible") {
          const edge = above.getBoundingClientRect();
          right = Math.min(right, edge.right); left = Math.max(left, edge.left);
        }
        const button = above.tagName === "BUTTON" ? above.getBoundingClientRect() : null;
        if (button && (box.right > button.right + 1 || box.left < button.left - 1)) { right = button.right; left = button.left; }
      }
      if (!scrolls && (box.right > right + 1.5 || box.left < left - 1.5)) found.add(text.data.trim().slice(0, 60));
    }
  }
  return [...found];
}"""
"""Text beyond the side of the window, of what hides its overflow, or of its own button. What is made to scroll is reached."""

_SAID = """() => {
  const said = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const own = texts.currentNode.parentElement;
    if (own.closest("script, style, code, kbd, .hash, [lang=en], [data-action=language]")) continue;
    if (own.closest("option") || own.checkVisibility() || own.closest(".unseen")) said.push(texts.currentNode.data);
  }
  for (const one of document.querySelectorAll("[title], [placeholder], [aria-label], [alt]"))
    if (!one.closest("[data-action=language]"))
      for (const name of ["title", "placeholder", "aria-label", "alt"]) said.push(one.getAttribute(name) ?? "");
  return said;
}"""
SAME_IN_BOTH = frozenset(
    (
        "Menshen",
        "CO",
        "ppm",
        "MQTT",
        "QR",
        "CSV",
        "XLSX",
        "PDF",
        "URL",
        "HTTP",
        "HTTPS",
        "Enter",
        "Esc",
        "UTC",
        "UV",
        "fps",
        "ms",
        "https",
        "ISA",
        "IEC",
        "EEMUA",
    )
)
"""Names and abbreviations that stand the same on a Chinese screen."""


def cut_off(page: Page) -> list[str]:
    """What is written on the screen and not wholly seen."""
    return [str(one) for one in page.evaluate(_CUT)]


def untranslated(page: Page, names: re.Pattern[str]) -> list[str]:
    """Latin words on a Chinese screen that are no name, no abbreviation, no identifier. `names`: what the test's own data say."""
    found: set[str] = set()
    for text in page.evaluate(_SAID):
        rest = names.sub(" ", str(text))
        for word in re.findall(r"[A-Za-z][\w./:@-]*", rest, re.ASCII):
            if len(word.rstrip(".")) > 1 and word not in SAME_IN_BOTH and not re.search(r"[\d/_@]|\.\w", word):
                found.add(f"{word}: {str(text).strip()[:80]}")
    return sorted(found)
