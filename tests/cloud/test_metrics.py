from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cloud.api.metrics import read_token
from cloud.app.web import create_app
from cloud.settings import WebSettings
from contract.errors import SettingsError
from tests.cloud.messages import health, visit
from tests.cloud.server import Served
from tests.scraped import read, scrape

TOKEN = "0123456789abcdef0123"


def test_this_machine_reads_how_cloud_and_gates_are(served: Served) -> None:
    served.rig.arrive(visit(1), health(2))
    served.rig.put(("menshen/v1/gate-1/visit", b"{", None))
    served.rig.now_ms += 7_000
    with served.client(signed_in=False) as client:
        said = read(client.get("/metrics").text)
    assert said['menshen_cloud_gate_state{gate="gate-1",state="live"}'] == 1
    assert said['menshen_cloud_gate_heard_age_seconds{gate="gate-1"}'] == 7
    assert said['menshen_cloud_gate_restarts_total{gate="gate-1",part="colour"}'] == 1
    assert said['menshen_cloud_gate_loop_seconds{gate="gate-1",quantile="0.5"}'] == 0.003
    assert 'menshen_cloud_gate_loop_seconds{gate="gate-1",quantile="0.99"}' not in said, "a number that is not known is not 0"
    assert said['menshen_cloud_gate_dead_letters{gate="gate-1"}'] == 1
    assert (said["menshen_cloud_series_waiting_events"], said["menshen_cloud_series_oldest_age_seconds"]) == (2, 7)
    assert said['menshen_cloud_part_working{part="broker"}'] == 0
    assert said["menshen_cloud_events_stored_total"] == 1


def asked(*, token: str | None, host: str = "127.0.0.1", proxy: bool = False, says: str = "") -> int:
    """How `/metrics` answers whoever comes from `host`."""
    parts: Any = SimpleNamespace(secure=proxy, now_ms=lambda: 0, states=dict, counts=dict, database=None)
    return scrape(create_app(parts, None, token), host, says).status_code


@pytest.mark.parametrize("case", [{"host": "10.0.0.5"}, {"proxy": True}, {"host": "10.0.0.5", "says": f"Bearer {TOKEN}"}])
def test_without_a_token_nobody_else_is_answered_and_nobody_behind_a_proxy(case: dict[str, Any]) -> None:
    assert asked(token=None, **case) == 403


@pytest.mark.parametrize("says", ["", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN])
def test_with_a_token_nobody_without_it_is_answered(says: str) -> None:
    assert asked(token=TOKEN, says=says) == 401


def test_a_token_that_can_be_guessed_or_not_be_read_is_refused(tmp_path: Path) -> None:
    assert read_token(WebSettings()) is None
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    assert read_token(WebSettings(metrics_token_file=tmp_path / "token")) == TOKEN
    (tmp_path / "token").write_text("short")
    for name in ("token", "nowhere"):
        with pytest.raises(SettingsError, match="openssl rand"):
            read_token(WebSettings(metrics_token_file=tmp_path / name))
