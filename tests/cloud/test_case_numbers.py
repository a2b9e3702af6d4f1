"""The number of a case that a guard says on the telephone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud.ledger.case_numbers import case_number, case_of, number_spoken
from tests.cloud import messages
from tests.cloud.server import Served

SHANGHAI = ZoneInfo("Asia/Shanghai")


def ms(*when: int) -> int:
    return round(datetime(*when, tzinfo=UTC).timestamp() * 1000)  # type: ignore[misc, arg-type]


def test_the_year_is_that_of_the_date_beside_it() -> None:
    assert case_number(42, ms(2026, 12, 31, 15, 59), SHANGHAI) == "2026-0042"
    assert case_number(43, ms(2026, 12, 31, 16, 0), SHANGHAI) == "2027-0043", "the running number goes on over the year"
    assert case_number(12_345, ms(2027, 1, 1), UTC) == "2027-12345"


@given(number=st.integers(1, 10**18 - 1), raised_ms=st.integers(0, ms(2199, 1, 1)))
def test_what_was_said_finds_the_case_again(number: int, raised_ms: int) -> None:
    assert number_spoken(case_number(number, raised_ms, SHANGHAI)) == number


@pytest.mark.parametrize("text", ["", "2026", "case-1", "2026-", "2026-x", "26-1", "badge-4711", "2026-1-2"])
def test_other_words_are_no_number_of_a_case(text: str) -> None:
    assert number_spoken(text) is None


def test_only_a_case_has_one() -> None:
    assert case_of("case-42") == 42
    with pytest.raises(ValueError, match="alarm-1"):
        case_of("alarm-1")


def test_a_case_is_found_in_the_ledger_by_the_number_that_was_told(served: Served) -> None:
    served.rig.arrive(messages.alert(1, "recheck", subject="v1"), messages.alert(2, "recheck", subject="v2"))
    with served.client() as client:
        found = client.get("/api/ledger", params={"part": "cases", "text": "2026-0002"}).json()["rows"]
        assert [row["id"] for row in found] == ["case-2"]
        assert client.get("/api/ledger", params={"part": "cases", "text": "2026-0003"}).json()["rows"] == []
        told = client.get("/api/ledger/export", params={"part": "cases", "zone": "Asia/Shanghai"}).content.decode("utf-8-sig")
        assert "2026-0002 (case-2)" in told
