from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from demo.broker import Broker
from tests.cloud.running import cloud, free_port, url_of, write_settings

DEAD = 9


def refusal(*arguments: str | Path) -> str:
    """What it says when it ends with exit code 2; never a trace."""
    ended = cloud(*arguments)
    assert ended.returncode == 2, ended.stderr + ended.stdout
    assert "Traceback" not in ended.stderr
    assert "error:" in ended.stderr
    return ended.stderr


def test_a_misspelt_key_is_named_with_the_right_one(tmp_path: Path) -> None:
    settings = write_settings(tmp_path, DEAD, more="sesion_h = 3.0")
    said = refusal("run", settings)
    assert "access.sesion_h" in said
    assert "`session_h`" in said


def test_a_missing_settings_file_is_named(tmp_path: Path) -> None:
    assert "nowhere.toml" in refusal("run", tmp_path / "nowhere.toml")


def test_a_busy_port_is_named_with_what_to_do(tmp_path: Path) -> None:
    settings = write_settings(tmp_path, DEAD)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(url_of(settings).rpartition(":")[2])))
        taken.listen()
        said = refusal("run", settings, "--unattended")
    assert "another program listens" in said
    assert "web.port" in said


def test_an_influxdb_that_is_not_reachable_is_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("t")
    token = json.dumps(str(tmp_path / "token"))
    series = f'kind = "influxdb"\nurl = "http://127.0.0.1:{free_port()}"\norg = "o"\nbucket = "b"\ntoken_file = {token}'
    said = refusal("run", write_settings(tmp_path, DEAD, series=series))
    assert "InfluxDB is not reachable" in said
    assert "Start InfluxDB" in said


def test_a_ledger_that_is_no_database_is_said(tmp_path: Path) -> None:
    settings = write_settings(tmp_path, DEAD)
    (tmp_path / "ledger.db").write_bytes(b"not a database" * 1000)
    said = refusal("run", settings)
    assert "ledger.url" in said
    assert "not a database" in said


def test_a_ledger_in_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    settings = write_settings(tmp_path, DEAD)
    settings.write_text(settings.read_text().replace("ledger.db", "nowhere/ledger.db"))
    assert "Check that the folder exists" in refusal("run", settings)


def test_without_any_password_nobody_could_sign_in_and_it_says_how_to_set_one(tmp_path: Path) -> None:
    settings = write_settings(tmp_path, DEAD)
    settings.write_text(settings.read_text().replace("initial_password_file", "#"))
    assert "menshen-cloud password" in refusal("run", settings)
    assert "8 to 200" in _stderr(cloud("password", settings, stdin="short\n"))
    assert cloud("password", settings, stdin="long enough\n").returncode == 0


@pytest.mark.broker
def test_a_broker_that_refuses_the_password_is_an_error_and_one_that_is_away_is_not(tmp_path: Path, broker: Broker) -> None:
    (tmp_path / "wrong").write_text("wrong")
    said = refusal("run", write_settings(tmp_path, broker.port, password_file=tmp_path / "wrong"))
    assert "refuses" in said
    assert "broker.password_file" in said


@pytest.mark.broker
def test_check_shows_every_part_and_what_to_do(tmp_path: Path, broker: Broker) -> None:
    good = cloud("check", write_settings(tmp_path, broker.port, password_file=broker.password_file("cloud")))
    assert good.returncode == 0, good.stdout + good.stderr
    for part in ("port", "ledger", "series", "broker", "screens"):
        assert part in good.stdout
    away = cloud("check", write_settings(tmp_path, free_port()))
    assert (away.returncode, "waits" in away.stdout) == (0, True)
    (tmp_path / "wrong").write_text("wrong")
    bad = cloud("check", write_settings(tmp_path, broker.port, password_file=tmp_path / "wrong"))
    assert (bad.returncode, "refuses" in bad.stdout) == (2, True)


def test_help_tells_what_each_command_is_for() -> None:
    said = cloud("--help").stdout
    for command in ("run", "check", "password", "migrate", "openapi"):
        assert command in said


def _stderr(ended: object) -> str:
    return str(getattr(ended, "stderr", ""))
