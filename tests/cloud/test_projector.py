from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from cloud.ingest.replay import replay
from cloud.projector import Projector
from cloud.store.dead_letters import DeadLetter, dead_letters_after
from cloud.store.errors import SeriesAwayError, SeriesRefusedError
from cloud.store.outbox import Waiting, waiting
from cloud.store.series import Span
from cloud.store.series_refusals import write_around
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import dead_letter, event, series_outbox
from contract.series import Measurement, Point
from tests.cloud import messages
from tests.cloud.real_influx import Real
from tests.cloud.rig import Rig

HOUR = Span(messages.START_MS // 1000 - 3600, messages.START_MS // 1000 + 3600)


@pytest.fixture
def series(tmp_path: Path) -> Iterator[SqliteSeries]:
    store = SqliteSeries(tmp_path / "series.db")
    yield store
    store.close()


class Moody(SqliteSeries):
    """Refuses points of one gate; is away while told so. Attributes: batches, the sizes it was asked for; kept_up, when."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.away = False
        self.refuses = True
        self.batches: list[int] = []
        self.kept_up: list[int] = []

    def write(self, points: Sequence[Point]) -> None:
        self.batches.append(len(points))
        if self.away:
            raise SeriesAwayError("away")
        if self.refuses and any(point.gate == "gate-2" for point in points):
            raise SeriesRefusedError("not this one")
        super().write(points)

    def upkeep(self, now_s: int) -> None:
        self.kept_up.append(now_s)


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
    write_around(series, _waiting(rig))
    Projector(rig.database, series, lambda: rig.now_ms).round()
    assert [one.count for one in series.buckets(Measurement.VISIT, "verdict=pass", HOUR)] == [1]


@pytest.fixture
def moody(tmp_path: Path) -> Iterator[Moody]:
    store = Moody(tmp_path / "moody.db")
    yield store
    store.close()


def test_a_store_that_is_away_loses_nothing_and_says_how_much_waits(rig: Rig, moody: Moody) -> None:
    moody.away = True
    projector = Projector(rig.database, moody, lambda: rig.now_ms)
    rig.arrive(messages.visit(1))
    with pytest.raises(SeriesAwayError):
        projector.round()
    assert projector.waiting == len(rig.rows(series_outbox)) == 1
    moody.away = False
    projector.round()
    assert rig.rows(series_outbox) == []
    assert (projector.written, projector.waiting) == (1, 0)


def test_it_tries_again_whatever_went_wrong_until_the_store_has_it(
    rig: Rig, moody: Moody, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for pause in ("FIRST_PAUSE_S", "LONGEST_PAUSE_S"):
        monkeypatch.setattr(f"cloud.projector.{pause}", 0.001)
    projector = Projector(rig.database, moody, lambda: rig.now_ms)
    failures = [SeriesAwayError("no answer"), SeriesAwayError("no answer"), OSError("no room"), RuntimeError("unforeseen")]
    works = moody.write

    def write(points: Sequence[Point]) -> None:
        if failures:
            raise failures.pop(0)
        works(points)
        projector.stop()

    monkeypatch.setattr(moody, "write", write)
    rig.arrive(messages.visit(1))
    projector.run()
    assert (projector.written, projector.waiting, projector.trouble) == (1, 0, "")
    assert [one.message for one in caplog.records if "points wait" in one.message] == [
        f"the series cannot be written, the points wait: {why}" for why in ("no answer", "no room", "unforeseen")
    ]


def test_one_refused_event_is_set_aside_and_its_neighbours_are_written(rig: Rig, moody: Moody) -> None:
    projector = Projector(rig.database, moody, lambda: rig.now_ms)
    rig.arrive(*(messages.visit(seq, f"v{seq}", gate="gate-2" if seq == 5 else "gate-1") for seq in range(1, 10)))
    projector.round()
    assert (projector.written, projector.refused) == (8, 1)
    assert rig.rows(series_outbox) == []
    assert rig.rows(dead_letter, "event") == [("gate-2:i1:5",)]


def test_what_was_refused_comes_again_once_the_cause_is_mended(rig: Rig, moody: Moody) -> None:
    projector = Projector(rig.database, moody, lambda: rig.now_ms)
    rig.arrive(messages.visit(1, gate="gate-2"))
    projector.round()
    moody.refuses = False
    assert replay(rig.database, letter(rig), rig.now_ms) is None
    projector.round()
    assert [one.gate for one in moody.buckets(Measurement.VISIT, "verdict=pass", HOUR)] == ["gate-2"]
    assert rig.rows(dead_letter) == []


def test_what_was_refused_and_is_erased_since_stays_a_dead_letter(rig: Rig, moody: Moody) -> None:
    rig.arrive(messages.visit(1, gate="gate-2"))
    Projector(rig.database, moody, lambda: rig.now_ms).round()
    with rig.database.writing() as connection:
        connection.execute(event.delete())
    assert replay(rig.database, letter(rig), rig.now_ms) == "the ledger has this event no more"
    assert len(rig.rows(dead_letter)) == 1


def test_an_event_no_points_can_be_made_of_does_not_stand_in_the_way(rig: Rig, series: SqliteSeries) -> None:
    rig.arrive(messages.visit(1), messages.health(2))
    with rig.database.writing() as connection:
        connection.execute(event.update().where(event.c.seq == 1).values(data="{}"))
    Projector(rig.database, series, lambda: rig.now_ms).round()
    assert rig.rows(series_outbox) == []
    assert rig.rows(dead_letter, "event", "topic") == [("gate-1:i1:1", "series gate-1:i1:1")]
    assert len(series.buckets(Measurement.HEALTH, "colour_fps", HOUR)) == 1


def test_the_store_is_kept_up_once_an_hour(rig: Rig, moody: Moody) -> None:
    projector = Projector(rig.database, moody, lambda: rig.now_ms)
    for _ in range(90):
        projector.keep_up()
        rig.now_ms += 60_000
    assert [second - moody.kept_up[0] for second in moody.kept_up] == [0, 3_600]


def test_a_conflict_of_types_in_a_real_influxdb_sets_one_event_aside(rig: Rig, real: Real) -> None:
    day = Point(Measurement.VISIT, "gate-9", "visit", "", HOUR.start_s * 10**9, {"frames": 1.5})
    real.store.write([day])
    rig.arrive(messages.visit(1), messages.health(2), messages.alert(3), messages.visit(4, "v2"))
    projector = Projector(rig.database, real.store, lambda: rig.now_ms)
    projector.round()
    assert (projector.written, projector.refused) == (2, 2)
    assert rig.rows(dead_letter, "event") == [("gate-1:i1:1",), ("gate-1:i1:4",)]
    assert real.reader.points() == 3


def _waiting(rig: Rig) -> list[Waiting]:
    with rig.database.reading() as connection:
        return waiting(connection, 10)


def letter(rig: Rig) -> DeadLetter:
    with rig.database.reading() as connection:
        (only,) = dead_letters_after(connection, 0, 2)
    return only
