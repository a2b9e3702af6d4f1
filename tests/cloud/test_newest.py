"""What every sensor said last, beside the events it is made of."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cloud.ledger.retention import Horizons
from cloud.periods import RetentionSettings
from cloud.projector import Projector
from cloud.store.facility.newest import forget_newest
from cloud.store.feed import Feed
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import newest_reading
from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind
from tests.cloud import messages
from tests.cloud.messages import START
from tests.cloud.rig import Rig
from tests.cloud.test_projector import Moody


def said(
    seq: int, value: float | None, after_s: float = 0, *, gate: str = "gate-1", at_s: float | None = None, **more: object
) -> bytes:
    """One reading, taken `after_s` after the start; the event is of `at_s`, left out: of the same moment."""
    about = {"sensor": "air-1", "quantity": "co2_ppm", "unit": "ppm", "place": "hall", **more}
    one = SensorReading.model_validate({**about, "value": value, "taken": START + timedelta(seconds=after_s)})
    moment = START + timedelta(seconds=after_s if at_s is None else at_s)
    return messages.event(Kind.SENSOR, SensorData(readings=(one,)), seq, gate=gate, at=moment)


def kept(rig: Rig, *columns: str) -> list[tuple[object, ...]]:
    return rig.rows(newest_reading, *columns)


def test_of_every_sensor_the_newest_stays_in_whatever_order_they_come(rig: Rig, tmp_path: Path) -> None:
    series = SqliteSeries(tmp_path / "series.db")
    projector = Projector(rig.database, series, lambda: rig.now_ms)
    rig.now_ms += 600_000
    rig.arrive(said(2, 900.0, 60), said(1, 500.0))
    projector.round()
    rig.arrive(
        said(3, 450.0, 30),
        said(4, None, 90, trouble="silent", calibration_due="2027-03-31"),
        said(1, 700.0, 5, gate="gate-2", most=1000.0, fresh_s=9.5),
    )
    projector.round()
    rows = kept(rig, "gate", "value", "trouble", "most", "fresh_ms", "place", "calibration_due")
    assert rows == [
        ("gate-1", None, "silent", None, None, "hall", "2027-03-31"),
        ("gate-2", 700.0, None, 1000.0, 9500, "hall", None),
    ]
    series.close()


def test_a_clock_that_runs_ahead_does_not_keep_a_reading_newest(rig: Rig, tmp_path: Path) -> None:
    series = SqliteSeries(tmp_path / "series.db")
    projector = Projector(rig.database, series, lambda: rig.now_ms)
    rig.arrive(said(1, 900.0, 86_400, at_s=0))
    rig.now_ms += 60_000
    rig.arrive(said(2, 600.0, 30))
    projector.round()
    assert kept(rig, "value", "at_ms") == [(600.0, messages.START_MS + 30_000)]
    series.close()


def test_while_the_series_is_away_it_is_known_all_the_same_how_sensors_are(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cloud.projector.BATCH", 3)
    series = Moody(tmp_path / "series.db")
    series.away = True
    projector = Projector(rig.database, series, lambda: rig.now_ms)
    rig.now_ms += 600_000
    for wave in (0, 10):
        rig.arrive(*(said(wave + seq, 400.0 + wave + seq, wave + seq) for seq in range(1, 9)))
        with pytest.raises(Exception, match="away"):
            projector.round()
        assert kept(rig, "value") == [(408.0 + wave,)]
    assert projector.waiting == 16
    series.away = False
    while projector.round():
        pass
    assert projector.waiting == 0
    assert kept(rig, "value") == [(418.0,)]
    series.close()


def test_a_sensor_that_was_silent_for_as_long_as_readings_are_kept_goes(rig: Rig, tmp_path: Path) -> None:
    series = SqliteSeries(tmp_path / "series.db")
    rig.arrive(said(1, 500.0), said(1, 600.0, gate="gate-2", sensor="air-2"))
    Projector(rig.database, series, lambda: rig.now_ms).round()
    day_ms = 86_400_000
    for days, left in ((29, 2), (31, 0)):
        horizons = Horizons.at(rig.now_ms + days * day_ms, RetentionSettings())
        with rig.database.writing() as connection, Feed(connection) as feed:
            forget_newest(connection, feed, horizons)
        assert len(kept(rig, "gate")) == left
    series.close()
