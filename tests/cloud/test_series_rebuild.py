from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import typer

from cloud.commands.rebuild_series import Persistent, rebuild_series
from cloud.projector import Projector
from cloud.store import series_rebuild
from cloud.store.errors import SeriesAwayError
from cloud.store.series import Bucket, SeriesStore, Span
from cloud.store.series_rebuild import Progress, Wanted, rebuild
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import dead_letter
from contract.ids import EventId
from contract.series import Measurement, Point
from tests.cloud import messages
from tests.cloud.real_influx import Real
from tests.cloud.rig import Rig

BEGIN_S = messages.START_MS // 1000
HOUR = Span(BEGIN_S - 3600, BEGIN_S + 3600)
ALL = Wanted(BEGIN_S - 3600)
ASKED = (
    (Measurement.VISIT, "verdict=pass"),
    (Measurement.SENSOR, "value"),
    (Measurement.HEALTH, "colour_fps"),
    (Measurement.ALERT, "raised"),
)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_rebuild, "BATCH", 4)


@pytest.fixture
def busy(rig: Rig) -> Rig:
    """A ledger with twenty events of two gates."""
    for gate in ("gate-1", "gate-2"):
        rig.arrive(*(messages.visit(seq, f"v{seq}", gate=gate) for seq in range(1, 8)))
        rig.arrive(messages.sensor(8, [400.0, 600.0], gate=gate), messages.health(9, gate=gate), messages.alert(10, gate=gate))
    return rig


class Fragile(SqliteSeries):
    """Is away at the write of that number. Attributes: writes so far."""

    def __init__(self, path: Path, away_at: int, failure: BaseException) -> None:
        super().__init__(path)
        self._away_at, self._failure = away_at, failure
        self.writes = 0

    def write(self, points: Sequence[Point]) -> None:
        self.writes += 1
        if self.writes == self._away_at:
            raise self._failure
        super().write(points)


def answers(store: SeriesStore) -> list[list[Bucket]]:
    return [store.buckets(measurement, field, HOUR) for measurement, field in ASKED]


def again(rig: Rig, store: SeriesStore, wanted: Wanted = ALL) -> Progress:
    return rebuild(rig.database, store, wanted, lambda: rig.now_ms, lambda _: None)


Open = Callable[[str], SqliteSeries]


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[Open]:
    opened: list[SqliteSeries] = []

    def one(name: str) -> SqliteSeries:
        opened.append(SqliteSeries(tmp_path / name))
        return opened[-1]

    yield one
    for store in opened:
        store.close()


@pytest.fixture
def first(busy: Rig, open_store: Open) -> SqliteSeries:
    """What the projector wrote."""
    store = open_store("first.db")
    Projector(busy.database, store, lambda: busy.now_ms).round()
    return store


def test_a_series_that_was_lost_is_written_again_and_answers_the_same(busy: Rig, first: SqliteSeries, open_store: Open) -> None:
    second = open_store("second.db")
    assert again(busy, second) == Progress(20, 20, 0, EventId("gate-2", "i1", 10))
    assert answers(second) == answers(first)
    assert all(answers(second))


def test_writing_it_again_makes_no_second_point(busy: Rig, first: SqliteSeries, real: Real) -> None:
    before = answers(first)
    for _ in range(2):
        again(busy, first)
        again(busy, real.store)
    assert answers(first) == before
    assert real.reader.points() == 2 * (7 + 2 + 1 + 1)


def test_one_gate_can_be_written_alone(busy: Rig, open_store: Open) -> None:
    store = open_store("one.db")
    assert again(busy, store, Wanted(ALL.since_s, "gate-2")).done == 10
    assert {bucket.gate for found in answers(store) for bucket in found} == {"gate-2"}


def test_older_events_can_be_left_out(busy: Rig, open_store: Open) -> None:
    assert again(busy, open_store("none.db"), Wanted(BEGIN_S + 60)).done == 0


def test_it_goes_on_behind_an_event(busy: Rig, open_store: Open) -> None:
    assert again(busy, open_store("rest.db"), Wanted(ALL.since_s, after=EventId("gate-1", "i1", 8))).done == 12


def test_events_that_come_meanwhile_are_no_matter(busy: Rig, open_store: Open) -> None:
    store = open_store("second.db")
    projector = Projector(busy.database, store, lambda: busy.now_ms)

    def tell(progress: Progress) -> None:
        if progress.done == 8:
            busy.arrive(messages.visit(11, "v11", gate="gate-2"))
            projector.round()

    rebuild(busy.database, store, ALL, lambda: busy.now_ms, tell)
    assert [bucket.count for bucket in answers(store)[0]] == [7, 8]


def test_what_cannot_be_written_is_told_and_kept(busy: Rig, tmp_path: Path) -> None:
    store = Fragile(tmp_path / "picky.db", 0, SeriesAwayError("away"))
    refusing = store.write

    def write(points: Sequence[Point]) -> None:
        if any(point.kind == "co2" and point.gate == "gate-1" for point in points):
            raise OverflowError("too large")
        refusing(points)

    store.write = write  # type: ignore[method-assign]
    assert again(busy, store).refused == 1
    assert busy.rows(dead_letter, "event") == [("gate-1:i1:8",)]
    store.close()


def test_a_store_that_goes_away_is_waited_for_and_the_work_goes_on_where_it_was(
    busy: Rig, first: SqliteSeries, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Fragile(tmp_path / "fragile.db", 3, SeriesAwayError("no answer"))
    pauses: list[float] = []
    assert Persistent(busy.database, store, pauses.append).run(ALL).done == 20
    assert pauses == [0.5]
    assert store.writes == 6
    assert answers(store) == answers(first)
    assert "no answer" in capsys.readouterr().err
    store.close()


def test_who_stops_it_is_told_how_to_go_on(busy: Rig, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Fragile(tmp_path / "fragile.db", 3, KeyboardInterrupt())
    with pytest.raises(typer.Exit):
        Persistent(busy.database, store, lambda _: None).run(ALL)
    assert "--after gate-1:i1:8" in capsys.readouterr().err
    store.close()


def test_the_command_rebuilds_what_is_kept(
    busy: Rig, first: SqliteSeries, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("cloud.commands.rebuild_series.now_ms", lambda: busy.now_ms)
    before = answers(first)
    settings = tmp_path / "cloud.toml"
    settings.write_text(
        f"[ledger]\nurl = 'sqlite:///{tmp_path}/ledger.db'\n[series]\nkind = 'sqlite'\npath = '{tmp_path}/again.db'\n"
    )
    rebuild_series(settings, None, None, None)
    assert "Done: 20 events are in the series; 0 were refused" in capsys.readouterr().out
    store = SqliteSeries(tmp_path / "again.db")
    assert answers(store) == before
    store.close()
