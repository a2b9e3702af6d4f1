"""What is taken for a badge or a pass, without any network; and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edge.qr.checker import Checker
from edge.qr.used_passes import UsedPasses
from tests.qr.codes import NOW_S, SITE, Signer

NOW = datetime.fromtimestamp(NOW_S, UTC) + timedelta(seconds=5)
CLOUD, STRANGER = Signer(), Signer()


@pytest.fixture
def used(tmp_path: Path) -> Iterator[UsedPasses]:
    opened = UsedPasses.open(tmp_path / "gate.passes.db")
    yield opened
    opened.close()


@pytest.fixture
def checker(used: UsedPasses) -> Checker:
    return Checker(SITE, [CLOUD.public], used)


def test_a_badge_is_good_as_often_as_it_is_shown_within_its_minute(checker: Checker) -> None:
    for after_s in (0, 20, 50):
        token = checker.check(CLOUD.badge("s-17"), NOW + timedelta(seconds=after_s)).token
        assert token is not None
        assert token.holder == "s-17"


def test_a_photograph_of_a_badge_is_worth_nothing_a_minute_later(checker: Checker) -> None:
    assert checker.check(CLOUD.badge(), NOW + timedelta(seconds=60)).refused == "it has run out"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (STRANGER.badge(), "it is not signed with a key that this gate knows"),
        (CLOUD.badge(site="north-hall"), "it is for another site"),
        (CLOUD.badge(lasts_s=3600), "it does not end as such a one must"),
        (CLOUD.badge(issued_s=NOW_S + 600), "it is not good yet"),
        ("https://example.org/menu", "it is no badge or pass of this system"),
        (CLOUD.badge()[:-9], "it is damaged"),
    ],
)
def test_what_is_not_good_is_refused_with_the_reason(checker: Checker, text: str, why: str) -> None:
    shown = checker.check(text, NOW)
    assert (shown.token, shown.refused) == (None, why)


def test_a_pass_is_good_once(checker: Checker) -> None:
    assert checker.check(CLOUD.visitor_pass("p-1"), NOW).token is not None
    assert checker.check(CLOUD.visitor_pass("p-1"), NOW).refused == "it was used before"
    assert checker.check(CLOUD.visitor_pass("p-2"), NOW).token is not None


def test_a_pass_used_before_a_restart_stays_used_and_a_clock_set_back_makes_it_no_good(tmp_path: Path) -> None:
    for when, good in ((NOW, True), (NOW, False), (NOW + timedelta(hours=3), False), (NOW, False)):
        used = UsedPasses.open(tmp_path / "passes.db")
        shown = Checker(SITE, [CLOUD.public], used).check(CLOUD.visitor_pass("p-9"), when)
        used.close()
        assert (shown.token is not None) is good


def test_a_pass_that_is_refused_is_not_used_up(checker: Checker) -> None:
    early = CLOUD.visitor_pass("p-3", issued_s=NOW_S + 300)
    assert checker.check(early, NOW).refused == "it is not good yet"
    assert checker.check(early, NOW + timedelta(seconds=400)).token is not None


def test_a_gate_whose_clock_shows_1970_takes_nothing(checker: Checker) -> None:
    assert "clock" in checker.check(CLOUD.badge(issued_s=100), datetime.fromtimestamp(110, UTC)).refused


def test_while_the_key_is_changed_both_are_known(used: UsedPasses) -> None:
    both = Checker(SITE, [CLOUD.public, STRANGER.public], used)
    assert both.check(CLOUD.badge(), NOW).token is not None
    assert both.check(STRANGER.badge(), NOW).token is not None
