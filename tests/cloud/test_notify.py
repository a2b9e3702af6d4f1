from __future__ import annotations

import threading
from pathlib import Path

import pytest

from cloud.commands.worker import _watch_over
from tests.cloud.rig import Rig
from tests.cloud.running import free_port, running, write_settings
from tests.fixtures_broker import wait_for
from tests.notified import notify_socket


def test_a_cloud_whose_broker_is_away_serves_and_feeds_the_watchdog_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = write_settings(tmp_path, free_port())
    with notify_socket(str(tmp_path / "notify")) as manager:
        monkeypatch.setenv("NOTIFY_SOCKET", manager.address)
        monkeypatch.setenv("WATCHDOG_USEC", "1000000")
        with running(["-m", "cloud", "run", settings, "--unattended"], settings):
            wait_for(lambda: manager.fed > 2, "the watchdog is fed")
            wait_for(lambda: "broker away" in manager.status, "the status names the broker")
            assert manager.heard[0] == "READY=1"
        assert manager.heard[-1] == "STOPPING=1"


def test_a_worker_feeds_the_watchdog_with_its_rounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with notify_socket(str(tmp_path / "notify")) as manager:
        monkeypatch.setenv("NOTIFY_SOCKET", manager.address)
        monkeypatch.setenv("WATCHDOG_USEC", "1000000")
        rig = Rig.open(tmp_path / "ledger.db")
        taking = threading.Thread(target=rig.ingest.run)
        watching = threading.Thread(target=_watch_over, args=(taking, rig.ingest))
        taking.start()
        watching.start()
        wait_for(lambda: manager.fed > 1, "the watchdog is fed")
        rig.ingest.stop()
        watching.join(10)
        rig.database.close()
        assert (manager.heard[0], manager.heard[-1]) == ("READY=1", "STOPPING=1")
