from __future__ import annotations

import re
from pathlib import Path

import pytest

from cloud.api.metrics import METRICS as CLOUD
from contract.messages.health import HealthData, QueueData
from contract.prometheus import CONTENT_TYPE, Metric, exposition, page_rows
from edge.board import Board
from edge.config.kiosk import KioskConfig
from edge.frame_shape import FrameShape
from edge.frames import FrameRing
from edge.kiosk.metrics import METRICS, GateMetrics
from edge.kiosk.server import create_app
from edge.kiosk.streams import Streams
from tests.clocks import FakeClock
from tests.scraped import read, scrape

NAME = re.compile(r"menshen_(gate|cloud)(_[a-z]+)+")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "metrics.md"

UPLINK = {
    "connected": False, "disk": "read-only", "outbox_rows": 412, "oldest_age_s": 86_400.0, "last_seq": 5_000, "dropped": 3,
    "clock_ok": True, "certificate_days": 2.0, "writer_beat_s": 999.5, "sender_beat_s": 999.75,
}  # fmt: skip


@pytest.fixture
def boards(tmp_path: Path) -> dict[str, Board]:
    names = ("gate", "health", "uplink", "supervisor", "colour", "thermal")
    return {name: Board.create(tmp_path / f"{name}.board") for name in names}


def test_a_gate_that_has_said_nothing_yet_is_not_up(boards: dict[str, Board]) -> None:
    assert read(GateMetrics("g", boards, FakeClock()).text()) == {"menshen_gate_up": 0.0}


def test_a_scrape_of_the_kiosk_s_server_tells_how_the_gate_is(boards: dict[str, Board], tmp_path: Path) -> None:
    health = HealthData(
        uptime_s=60.0, colour_fps=25.0, thermal_fps=9.0, frames_skipped=0, loop_p50_ms=4.0, loop_p99_ms=9.5, records_dropped=0,
        outbox_rows=412, oldest_unacked=1, last_seq=5_000, restarts={}, parts={"thermal_camera": "fault"}, version='0.1 "x"',
        model="m", clock_ok=True, queue=QueueData(people=4, longest_s=30.0),
    )  # fmt: skip
    boards["gate"].post({"barrier_open": False, "occupancy": {"people": 31, "limit": 50}}, 999.9)
    boards["health"].post(health.model_dump(mode="json"), 999.0)
    boards["uplink"].post(UPLINK, 999.9)
    boards["supervisor"].post({"parts": {"gate": "up", "kiosk": "down"}, "restarts": {"gate": 0, "kiosk": 2}}, 999.9)
    boards["colour"].post({"state": "live", "fps": 25.1}, 999.9)
    boards["thermal"].post({"state": "missing", "detail": "gone"}, 999.9)
    clock = FakeClock()
    ring = FrameRing.create(tmp_path / "ring", FrameShape(2, 2, 3, "uint8"))
    app = create_app(KioskConfig(), Streams("g", boards["gate"], ring, clock, lambda: True), GateMetrics("g", boards, clock))
    answer = scrape(app)
    assert answer.headers["content-type"] == CONTENT_TYPE
    said = read(answer.text)
    assert said['menshen_gate_info{gate="g",version="0.1 \\"x\\"",model="m"}'] == 1
    assert said['menshen_gate_round_age_seconds{round="sender"}'] == 0.25
    assert said['menshen_gate_loop_seconds{quantile="0.99"}'] == 0.0095
    assert (said['menshen_gate_camera_live{camera="colour"}'], said['menshen_gate_camera_live{camera="thermal"}']) == (1, 0)
    assert said['menshen_gate_restarts_total{part="kiosk"}'] == 2
    assert said['menshen_gate_fault{fault="thermal_camera"}'] == 1
    assert said["menshen_gate_certificate_seconds"] == 172_800
    assert (said["menshen_gate_people_inside"], said["menshen_gate_people_limit"]) == (31, 50)
    assert said["menshen_gate_people_waiting"] == 4
    assert (said["menshen_gate_up"], said["menshen_gate_disk_ok"], said["menshen_gate_outbox_oldest_age_seconds"]) == (
        1,
        0,
        86_400,
    )
    assert len(read(answer.text)) >= len(METRICS)


@pytest.mark.parametrize("metric", [*METRICS, *CLOUD], ids=lambda metric: metric.name)
def test_every_metric_has_a_name_with_its_unit_and_a_row_on_the_page(metric: Metric) -> None:
    assert NAME.fullmatch(metric.name)
    assert metric.name.endswith("_total") is (metric.kind == "counter")
    assert not re.search(r"_(ms|minutes|hours|days|kb|mb|percent)$", metric.name), "base units: seconds, bytes, ratios"
    assert page_rows([metric])[0] in PAGE.read_text(encoding="utf-8").splitlines()


def test_a_label_with_any_character_stays_one_line() -> None:
    text = exposition([Metric("menshen_gate_fault", "gauge", "Says.", ("fault",))], {"menshen_gate_fault": {('a"b\\c\nd',): 1.0}})
    assert text.splitlines()[-1] == 'menshen_gate_fault{fault="a\\"b\\\\c\\nd"} 1'
