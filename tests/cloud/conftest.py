from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cloud.store.series_sqlite import SqliteSeries
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig.open(tmp_path / "ledger.db")
    yield rig
    rig.database.close()


@pytest.fixture
def served(rig: Rig, tmp_path: Path) -> Iterator[Served]:
    """The API on a real server; no screens are built."""
    series = SqliteSeries(tmp_path / "series.db")
    with serve(rig, series, tmp_path / "dist") as running:
        yield running
    series.close()
