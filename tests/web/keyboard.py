"""Somebody without a mouse: Tab until it is reached, then keys."""

from __future__ import annotations

from playwright.sync_api import Page

MOST_TABS = 150


def tab_to(page: Page, selector: str) -> None:
    """Tab by Tab, as a person would, until what is meant has the focus. Fails where no Tab reaches it."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def enter_at(page: Page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")


def type_at(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)
