from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud.ledger.figures import HOUR_MS, TEN_MINUTES_MS, Announced, figures
from tests.cloud import messages
from tests.cloud.postgres import either_ledger
from tests.cloud.server import Served


def announced(*minutes: float, priority: int = 2) -> list[Announced]:
    return [Announced(round(minute * 60_000), "south-1", "barrier", priority) for minute in minutes]


def test_rates_are_those_of_one_guard() -> None:
    found = figures(announced(*range(0, 120, 10)), cases=6, since_ms=0, until_ms=2 * HOUR_MS, operators=2)
    assert (found.alarms, found.alarms_an_hour, found.cases_an_hour, found.alarms_in_ten_minutes) == (12, 3.0, 1.5, 0.5)


def test_a_flood_is_more_than_ten_in_ten_minutes() -> None:
    for count, share in ((10, 0.0), (11, 1 / 6)):
        found = figures(announced(*[5.0] * count), cases=0, since_ms=0, until_ms=HOUR_MS, operators=1)
        assert (found.ten_minutes_peak, found.hours_over_30_share) == (count, 0.0)
        assert found.flood_share == pytest.approx(share)
    assert figures(announced(*[5.0] * 31), 0, 0, HOUR_MS, 1).hours_over_30_share == 1.0


def test_what_comes_most_often_is_named_first_and_shares_add_up() -> None:
    rows = [*announced(1, 2, 3), *announced(4, priority=1), Announced(0, "east-1", "drift", 3)]
    found = figures(rows, 0, 0, HOUR_MS, 1)
    assert (found.most_often[0].gate, found.most_often[0].count) == ("south-1", 4)
    assert found.by_priority == pytest.approx((0.2, 0.6, 0.2))


@given(st.lists(st.integers(0, 24 * HOUR_MS - 1), max_size=60), st.integers(1, 5))
def test_no_share_leaves_its_range_however_alarms_come(times: list[int], operators: int) -> None:
    found = figures([Announced(at_ms, "g", "k", 2) for at_ms in times], 0, 0, 24 * HOUR_MS, operators)
    assert 0 <= found.flood_share <= 1
    assert found.ten_minutes_peak * operators <= len(times)
    assert found.alarms_in_ten_minutes <= found.ten_minutes_peak or not times
    assert TEN_MINUTES_MS * 6 == HOUR_MS


@either_ledger
def test_the_figures_come_out_of_the_moves_and_name_their_source(served: Served) -> None:
    rig = served.rig
    rig.arrive(messages.alert(1), messages.alert(2, "recheck", subject="v1"), messages.alert(3, "fire", gate="gate-2"))
    rig.now_ms += 50 * 60_000
    rig.ingest.round()
    rig.arrive(messages.alert(4, state="returned", at=messages.START + timedelta(minutes=50)))
    with served.client() as client:
        found = client.get("/api/alarm-figures", params={"days": 1, "operators": 1}).json()
    assert found["since"] == "2026-11-21T08:00:00Z"
    assert (found["alarms"], round(found["alarms_an_hour"], 1), round(found["cases_an_hour"], 1)) == (3, 3.6, 1.2)
    assert [round(share, 2) for share in found["by_priority"]] == [0.67, 0.33, 0.0]
    assert (found["targets"]["alarms_an_hour"], "IEC 62682" in found["targets"]["source"]) == (6, True)
    assert (found["chattering"], found["stale"]) == ([], [])


def test_what_stands_for_a_day_is_stale(served: Served) -> None:
    rig = served.rig
    rig.arrive(messages.alert(1))
    rig.now_ms += 25 * HOUR_MS
    rig.bus.listening_ms = 0
    rig.ingest.round()
    with served.client() as client:
        assert client.get("/api/alarm-figures").json()["stale"] == [{"gate": "gate-1", "kind": "colour_camera", "count": 1}]
