"""A cloud that goes wrong behind a page that is signed in: it fails, it refuses, or it is away."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page, Route

STATUS: Final = {"failing": 500, "refused": 403, "away": None}
FAULTS: Final = tuple(STATUS)


def break_off(page: Page, fault: str) -> None:
    """From now on the cloud's API does so, but for who is signed in."""
    status = STATUS[fault]

    def answer(route: Route) -> None:
        if route.request.url.endswith("/api/session"):
            route.continue_()
        elif status is None:
            route.abort("connectionrefused")
        else:
            route.fulfill(status=status, content_type="application/json", body='{"detail": "it is a test"}')

    page.route("**/api/**", answer)


def mend(page: Page) -> None:
    page.unroute("**/api/**")
