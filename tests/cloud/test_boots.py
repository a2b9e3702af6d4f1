"""A gate whose clock was wrong: true times as soon as they are known, and never a second point in the series."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cloud.store.tables import boot_clock, event, recheck_case, visit
from tests.cloud import messages
from tests.cloud.messages import START, START_MS
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig

pytestmark = either_ledger

IN_1970 = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)


def test_events_of_1970_get_their_true_time_when_the_boots_clock_is_known(rig: Rig) -> None:
    rig.arrive(messages.visit(1, "v1", at=IN_1970, mono_ms=60_000, clock_ok=False))
    rig.arrive(messages.alert(2, "recheck", subject="v1", at=IN_1970, mono_ms=61_000, clock_ok=False))
    (before,) = rig.rows(event, "series_ns")[:1]
    assert rig.rows(visit, "shown_at_ms") == [(rig.now_ms,)], "until then it is shown when it came"
    rig.arrive(messages.visit(3, "v3", at=START, mono_ms=120_000))
    assert rig.rows(boot_clock, "offset_ms") == [(START_MS - 120_000,)]
    assert rig.rows(event, "corrected_ms") == [(START_MS - 60_000,), (START_MS - 59_000,), (None,)]
    assert rig.rows(event, "series_ns")[0] == before, "the series keeps the time it was first given"
    assert rig.rows(visit, "shown_at_ms", "decided_ms", "first_seen_ms")[0] == (
        START_MS - 60_000,
        START_MS - 60_000,
        START_MS - 61_000,
    )
    assert rig.rows(recheck_case, "raised_ms") == [(START_MS - 59_000,)]


def test_what_comes_late_of_such_a_boot_is_stored_with_its_true_time_at_once(rig: Rig) -> None:
    rig.arrive(messages.visit(3, "v3", at=START, mono_ms=120_000))
    rig.arrive(messages.visit(1, "v1", at=IN_1970, mono_ms=60_000, clock_ok=False))
    assert rig.rows(visit, "visit", "shown_at_ms", "late") == [("v3", START_MS, False), ("v1", START_MS - 60_000, True)]
    assert rig.rows(event, "series_ns")[0] == ((START_MS - 60_000) * 1_000_000 + 1,)


def test_both_in_one_batch(rig: Rig) -> None:
    rig.arrive(
        messages.visit(1, "v1", at=IN_1970, mono_ms=60_000, clock_ok=False), messages.visit(2, "v2", at=START, mono_ms=120_000)
    )
    assert rig.rows(visit, "visit", "shown_at_ms") == [("v1", START_MS - 60_000), ("v2", START_MS)]


def test_another_boot_is_not_corrected_by_it(rig: Rig) -> None:
    rig.arrive(messages.visit(1, "v1", at=IN_1970, mono_ms=60_000, clock_ok=False, boot="b0"))
    rig.arrive(messages.visit(2, "v2", at=START, mono_ms=120_000, boot="b1"))
    assert rig.rows(event, "corrected_ms") == [(None,), (None,)]


def test_a_clock_that_is_stepped_moves_nothing_that_was_believed(rig: Rig) -> None:
    rig.arrive(messages.visit(1, "v1", at=START, mono_ms=60_000))
    rig.arrive(messages.visit(2, "v2", at=START - timedelta(hours=1), mono_ms=61_000))
    assert rig.rows(visit, "visit", "shown_at_ms") == [("v1", START_MS), ("v2", START_MS - 3_600_000)]
    assert rig.rows(boot_clock, "offset_ms") == [(START_MS - 3_661_000,)], "the newest counts for what follows"
