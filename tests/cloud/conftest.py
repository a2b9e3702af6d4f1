from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cloud.store.migrate import open_database
from cloud.store.series_sqlite import SqliteSeries
from tests.cloud.influxd import ABSENT, Influxd, adapted, influxd
from tests.cloud.postgres import Server, postgres
from tests.cloud.real_influx import Real, real_influx
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    with postgres() as server:
        yield server


@pytest.fixture
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new ledger, embedded unless the test is marked `either_ledger`."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    server: Server = request.getfixturevalue("postgres_server")
    return server.ledger()


@pytest.fixture
def rig(ledger: str) -> Iterator[Rig]:
    rig = Rig(open_database(ledger))
    yield rig
    rig.database.close()


@pytest.fixture
def served(rig: Rig, tmp_path: Path) -> Iterator[Served]:
    """The API on a real server; no screens are built."""
    series = SqliteSeries(tmp_path / "series.db")
    with serve(rig, series, tmp_path / "dist") as running:
        yield running
    series.close()


@pytest.fixture(scope="session")
def influxd_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Influxd, str]]:
    """A real influxd 1.x and the address of the adapter in front of it."""
    program = influxd()
    if program is None:
        pytest.skip(ABSENT)
    server = Influxd(tmp_path_factory.mktemp("influxd"), program)
    with adapted(server) as url:
        yield server, url
    server.close()


@pytest.fixture
def real(influxd_server: tuple[Influxd, str], tmp_path: Path) -> Iterator[Real]:
    with real_influx(*influxd_server, tmp_path) as running:
        yield running
