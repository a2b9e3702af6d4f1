"""The whole InfluxDB path against a real server of version 2, where INFLUX_URL, INFLUX_TOKEN and INFLUX_ORG name one.

The token has to be allowed to make and remove buckets and tasks. Everything made is removed again.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cloud.projector import Projector
from cloud.settings import InfluxSeriesSettings, SeriesKeepSettings
from cloud.store.errors import SeriesAwayError, SeriesRefusedError
from cloud.store.series import DAY_S, Bucket, Span, Step
from cloud.store.series_influx import InfluxAdministration, InfluxSeries
from cloud.store.series_rebuild import Wanted, rebuild
from cloud.store.series_setup import READY, set_up
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.series_tasks import bucket_of, tasks
from cloud.store.tables import dead_letter
from contract.series import Measurement, Point
from tests.cloud import messages
from tests.cloud.rig import Rig
from tests.cloud.test_series_answers import BEGIN_S as OTHER_DAY_S
from tests.cloud.test_series_answers import points, same

NAMED = ("INFLUX_URL", "INFLUX_TOKEN", "INFLUX_ORG")
KEEP = SeriesKeepSettings()
ASKED = ((Measurement.SENSOR, "value"), (Measurement.VISIT, "frames"), (Measurement.VISIT, "verdict=recheck"))

pytestmark = [
    pytest.mark.skipif(any(name not in os.environ for name in NAMED), reason=f"needs an InfluxDB 2: set {', '.join(NAMED)}"),
    # The maker's client warns of its own ways (deprecations inside it); that is not ours to mend.
    pytest.mark.filterwarnings("default"),
]


class Server(NamedTuple):
    """A bucket of its own on the server, set up; the embedded store beside it."""

    store: InfluxSeries
    administration: InfluxAdministration
    settings: InfluxSeriesSettings
    embedded: SqliteSeries


def set_up_now(server: Server, keep: SeriesKeepSettings = KEEP, *, shorten: bool = False) -> tuple[int, list[str]]:
    said: list[str] = []
    changes = set_up(server.administration, server.settings.bucket, keep, int(time.time()), said.append, shorten=shorten)
    return changes, said


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "token").write_text(os.environ["INFLUX_TOKEN"])
    bucket = f"menshen_test_{uuid.uuid4().hex[:8]}"
    settings = InfluxSeriesSettings(
        kind="influxdb", url=os.environ["INFLUX_URL"], org=os.environ["INFLUX_ORG"], bucket=bucket, token_file=tmp_path / "token"
    )
    made = Server(InfluxSeries(settings), InfluxAdministration(settings), settings, SqliteSeries(tmp_path / "series.db"))
    try:
        set_up_now(made)
        yield made
    finally:
        remove(made)
        made.store.close()
        made.administration.close()
        made.embedded.close()


def remove(server: Server) -> None:
    client: Any = server.administration._client
    for name in (server.settings.bucket, *(bucket_of(server.settings.bucket, step) for step in Step)):
        if (found := server.administration._bucket(name)) is not None:
            client.buckets_api().delete_bucket(found)
    for one in tasks(server.settings.bucket):
        if (task := server.administration._task(one.name)) is not None:
            client.tasks_api().delete_task(task.id)


def yesterday() -> Span:
    begin_s = int(time.time()) // DAY_S * DAY_S - DAY_S
    return Span(begin_s, begin_s + DAY_S)


def day_of_points() -> list[Point]:
    shift_ns = (yesterday().start_s - OTHER_DAY_S) * 10**9
    return [replace(one, ns=one.ns + shift_ns) for one in points(2_000)]


def answers(store: InfluxSeries | SqliteSeries, step: Step) -> list[list[Bucket]]:
    return [store.buckets(measurement, field, yesterday(), step=step) for measurement, field in ASKED]


def equal(server: Server) -> None:
    for step in Step:
        for ours, theirs in zip(answers(server.embedded, step), answers(server.store, step), strict=True):
            same(ours, theirs)


def test_buckets_tasks_and_retention_are_there_and_a_second_set_up_changes_nothing(server: Server) -> None:
    bucket = server.settings.bucket
    kept = {name: server.administration.bucket(name) for name in (bucket, f"{bucket}_5m", f"{bucket}_1h")}
    assert {name: found and found.keep_s / DAY_S for name, found in kept.items()} == {
        bucket: KEEP.raw_days,
        f"{bucket}_5m": KEEP.five_minutes_days,
        f"{bucket}_1h": KEEP.one_hour_days,
    }
    assert {found and found.description for found in kept.values()} == {READY}
    for one in tasks(bucket):
        found = server.administration.task(one.name)
        assert found is not None
        assert found.flux.strip() == one.flux.strip()
    assert set_up_now(server) == (0, [])


def test_retention_is_made_longer_and_only_on_request_shorter(server: Server) -> None:
    assert set_up_now(server, SeriesKeepSettings(raw_days=60))[0] == 1
    assert set_up_now(server)[0] == 0
    assert set_up_now(server, shorten=True)[0] == 1
    found = server.administration.bucket(server.settings.bucket)
    assert found is not None
    assert found.keep_s == KEEP.raw_days * DAY_S


def test_a_point_beyond_the_retention_is_refused_and_no_error_of_the_server(server: Server) -> None:
    old = Point(Measurement.VISIT, "gate-1", "visit", "", (int(time.time()) - 40 * DAY_S) * 10**9, {"frames": 1})
    with pytest.raises(SeriesRefusedError):
        server.store.write([old])


def test_single_values_are_those_of_the_embedded_store(server: Server) -> None:
    for store in (server.embedded, server.store):
        store.write(day_of_points())
        store.write(day_of_points()[:300])
    asked = (Measurement.VISIT, "frames", "gate-1", yesterday())
    assert server.store.samples(*asked) == server.embedded.samples(*asked) != []


def test_sums_out_of_points_are_those_of_the_embedded_store(server: Server) -> None:
    # Its clock stands at the day's begin: nothing is old enough for the tasks' buckets.
    raw_only = InfluxSeries(server.settings, lambda: float(yesterday().start_s))
    for store in (server.embedded, raw_only):
        store.write(day_of_points())
    try:
        for step in Step:
            for ours, theirs in zip(answers(server.embedded, step), answers(raw_only, step), strict=True):
                same(ours, theirs)
    finally:
        raw_only.close()


def test_sums_out_of_the_tasks_buckets_are_those_of_the_embedded_store_late_points_too(server: Server) -> None:
    first, late = day_of_points()[:1_500], day_of_points()[1_000:]
    for some in (first, late):
        for store in (server.embedded, server.store):
            store.write(some)
        server.store.upkeep(int(time.time()))
    equal(server)


def test_a_task_that_the_server_runs_writes_what_summing_up_by_hand_writes(server: Server) -> None:
    """The daily tasks are run by hand, once, and waited for."""
    for store in (server.embedded, server.store):
        store.write(day_of_points())
    api: Any = server.administration._client.tasks_api()
    for step_name in ("5m late", "1h late"):
        task = server.administration._task(f"{server.settings.bucket} {step_name}")
        run = api.run_manually(task.id)
        finish(api, task.id, run.id)
    equal(server)


def finish(api: Any, task: str, run: str) -> None:
    end_s = time.monotonic() + 60
    while time.monotonic() < end_s:
        status = api.get_run(task, run).status
        if status == "success":
            return
        assert status not in ("failed", "canceled"), [one.message for one in api.get_run_logs(task, run)]
    pytest.fail("the task did not end within a minute")


def test_a_conflict_of_types_sets_one_event_aside(server: Server, rig: Rig) -> None:
    rig.now_ms = int(time.time() * 1000)
    now = messages.START.fromtimestamp(rig.now_ms // 1000, messages.START.tzinfo)
    server.store.write([Point(Measurement.HEALTH, "gate-9", "health", "", rig.now_ms * 10**6, {"uptime_s": "a text"})])
    rig.arrive(messages.visit(1, at=now), messages.health(2, at=now), messages.alert(3, at=now))
    projector = Projector(rig.database, server.store, lambda: rig.now_ms)
    projector.round()
    assert (projector.written, projector.refused, projector.waiting) == (2, 1, 0)
    assert rig.rows(dead_letter, "event") == [("gate-1:i1:2",)]


def test_a_ledger_is_written_again_without_a_second_point(server: Server, rig: Rig) -> None:
    rig.now_ms = int(time.time() * 1000)
    now = messages.START.fromtimestamp(rig.now_ms // 1000 - 7_200, messages.START.tzinfo)
    rig.arrive(*(messages.visit(seq, f"v{seq}", at=now) for seq in range(1, 30)))
    Projector(rig.database, server.store, lambda: rig.now_ms).round()
    span = Span(rig.now_ms // 1000 - 10_800, rig.now_ms // 1000)
    for _ in range(2):
        rebuild(rig.database, server.store, Wanted(span.start_s), lambda: rig.now_ms, lambda _: None)
        found = server.store.buckets(Measurement.VISIT, "verdict=pass", span)
        assert sum(one.count for one in found) == 29
    assert len(server.store.samples(Measurement.VISIT, "frames", "gate-1", span)) == 29


def test_hostile_names_are_only_names(server: Server) -> None:
    hostile = 'g" or true or r.gate == "${1}\\ '
    at_ns = (yesterday().start_s + 60) * 10**9
    server.store.write([Point(Measurement.VISIT, "gate-1", "visit", "", at_ns, {"frames": 1})])
    assert server.store.samples(Measurement.VISIT, "frames", hostile, yesterday()) == []
    assert server.store.buckets(Measurement.VISIT, "frames", yesterday(), hostile) == []


def test_a_wrong_token_and_a_missing_bucket_are_said_in_words(server: Server, tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("wrong")
    for changed, remedy in (({"token_file": tmp_path / "wrong"}, "token_file"), ({"bucket": "there_is_none"}, "bucket")):
        store = InfluxSeries(server.settings.model_copy(update=changed))
        with pytest.raises(SeriesAwayError, match=remedy):
            store.probe()
        store.close()
