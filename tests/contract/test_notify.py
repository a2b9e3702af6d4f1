from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest

from contract.notify import Heart, ServiceManager
from tests.notified import notify_socket


@pytest.mark.parametrize("abstract", [False, True])
def test_a_service_manager_hears_it_on_a_path_and_on_an_abstract_name(tmp_path: Path, *, abstract: bool) -> None:
    address = f"@menshen-{secrets.token_hex(6)}" if abstract else str(tmp_path / "notify")
    with notify_socket(address) as manager:
        said = ServiceManager.of({"NOTIFY_SOCKET": address})
        said.ready()
        said.status("two\nlines")
        said.stopping()
        assert manager.heard == ["READY=1", "STATUS=two lines", "STOPPING=1"]


def test_nobody_need_be_there(tmp_path: Path) -> None:
    for environment in ({}, {"NOTIFY_SOCKET": str(tmp_path / "nobody")}):
        said = ServiceManager.of(environment)
        said.ready()
        Heart(said).beat(0.0)
        assert said.watchdog_s is None


def test_a_manager_that_does_not_listen_for_long_holds_up_nothing(tmp_path: Path) -> None:
    with notify_socket(str(tmp_path / "notify")) as manager:
        said = ServiceManager(manager.address)
        for _ in range(5_000):
            said.alive()
        assert 0 < manager.fed < 5_000


def test_the_watchdog_is_fed_four_times_in_its_time_and_only_by_whom_it_is_meant_for(tmp_path: Path) -> None:
    with notify_socket(str(tmp_path / "notify")) as manager:
        environment = {"NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "10000000", "WATCHDOG_PID": str(os.getpid())}
        heart = Heart(ServiceManager.of(environment))
        for tenth in range(1_000):
            heart.beat(tenth / 10)
            manager.listen()
        assert manager.fed == 40
        assert ServiceManager.of({**environment, "WATCHDOG_PID": "1"}).watchdog_s is None
