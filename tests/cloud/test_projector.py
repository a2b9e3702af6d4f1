from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from cloud.projector import Projector
from cloud.store.errors import SeriesAwayError, SeriesRefusedError
from cloud.store.outbox import Waiting, waiting
from cloud.store.series import Span
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import dead_letter, series_outbox
from contract.series import Measurement, Point
from tests.cloud import messages
from tests.cloud.rig import Rig

HOUR = Span(messages.START_MS // 1000 - 3600, messages.START_MS // 1000 + 3600)


@pytest.fixture
def series(tmp_path: Path) -> Iterator[SqliteSeries]:
    store = SqliteSeries(tmp_path / "series.db")
    yield store
    store.close()


class Moody(SqliteSeries):
    """Refuses points of one gate; is away while told so. Attributes: batches, the sizes it was asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.away = False
        self.batches: list[int] = []

    def write(self, points: Sequence[Point]) -> None:
        self.batches.append(len(points))
        if self.away:
            raise SeriesAwayError("away")
        if any(point.gate == "gate-2" for point in points):
            raise SeriesRefusedError("not this one")
        super().write(points)


def test_every_event_becomes_points_and_leaves_the_outbox(rig: Rig, series: SqliteSeries) -> None:
    rig.arrive(messages.visit(1), messages.alert(2), messages.health(3), messages.sensor(4, [400.0, None, 600.0]))
    Projector(rig.database, series, lambda: rig.now_ms).round()
    assert rig.rows(series_outbox) == []
    asked = {
        Measurement.VISIT: "verdict=pass",
        Measurement.ALERT: "raised",
        Measurement.HEALTH: "colour_fps",
        Measurement.SENSOR: "valid",
    }
    found = {one: sum(bucket.count for bucket in series.buckets(one, field, HOUR)) for one, field in asked.items()}
    assert found == {Measurement.VISIT: 1, Measurement.ALERT: 1, Measurement.HEALTH: 1, Measurement.SENSOR: 3}
    assert [one.mean for one in series.buckets(Measurement.SENSOR, "value", HOUR)] == [500.0]


def test_nothing_about_a_person_is_in_the_series(rig: Rig, series: SqliteSeries, tmp_path: Path) -> None:
    rig.arrive(messages.visit(1, "person-7"), messages.alert(2, "recheck", subject="person-7"))
    Projector(rig.database, series, lambda: rig.now_ms).round()
    assert b"person-7" not in b"".join(path.read_bytes() for path in tmp_path.glob("series.db*"))


def test_what_was_copied_and_not_forgotten_is_copied_again_without_a_second_point(rig: Rig, series: SqliteSeries) -> None:
    rig.arrive(messages.visit(1))
    first = Projector(rig.database, series, lambda: rig.now_ms)
    first._write(_waiting(rig))
    first.round()
    assert [one.count for one in series.buckets(Measurement.VISIT, "verdict=pass", HOUR)] == [1]


def test_a_store_that_is_away_loses_nothing(rig: Rig, tmp_path: Path) -> None:
    store = Moody(tmp_path / "moody.db")
    store.away = True
    projector = Projector(rig.database, store, lambda: rig.now_ms)
    rig.arrive(messages.visit(1))
    with pytest.raises(SeriesAwayError):
        projector.round()
    assert len(rig.rows(series_outbox)) == 1
    store.away = False
    projector.round()
    assert rig.rows(series_outbox) == []
    assert projector.written == 1
    store.close()


def test_one_refused_event_is_set_aside_and_its_neighbours_are_written(rig: Rig, tmp_path: Path) -> None:
    store = Moody(tmp_path / "moody.db")
    projector = Projector(rig.database, store, lambda: rig.now_ms)
    rig.arrive(*(messages.visit(seq, f"v{seq}", gate="gate-2" if seq == 5 else "gate-1") for seq in range(1, 10)))
    projector.round()
    assert (projector.written, projector.refused) == (8, 1)
    assert rig.rows(series_outbox) == []
    assert rig.rows(dead_letter, "event") == [("gate-2:i1:5",)]
    store.close()


def _waiting(rig: Rig) -> list[Waiting]:
    with rig.database.reading() as connection:
        return waiting(connection, 10)
