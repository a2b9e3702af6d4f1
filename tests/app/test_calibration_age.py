"""A calibration that is old, and cameras that are others: refused in words, and never by a clock that is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contract.errors import SettingsError
from contract.messages.alert import AlertKind
from edge.app.calibration.age import age_words, refuse_stale, watch_of
from edge.app.same_camera import same_camera
from edge.config import GateConfig
from edge.config.calibrated import refuse_others
from edge.config.calibration import CameraIdentity
from edge.errors import SourceError
from edge.vision.serial_number import serial_of, usb_serial
from tests.vision.two_lenses import VALUES, calibration

MADE = datetime(2026, 11, 22, 7, tzinfo=UTC)
IN_1970 = datetime(1970, 1, 1, 0, 3, tzinfo=UTC)


def gate(**registration: Any) -> GateConfig:
    return GateConfig.model_validate(
        {
            "gate": "south-1",
            "colour": {"source": "simulated"},
            "thermal": {"source": "simulated"},
            "reference": {"row": 20, "col": 20, "setpoint_c": 36},
            "registration": {"calibrated": VALUES} | registration,
            "uplink": {"database": "gate.db"},
        }
    )


def after(days: float) -> datetime:
    return MADE + timedelta(days=days)


def test_a_calibration_past_its_age_is_refused_with_both_dates() -> None:
    refuse_stale(gate(), after(179))
    with pytest.raises(SettingsError) as refused:
        refuse_stale(gate(), after(181))
    assert "made on 2026-11-22, 181 days before" in refused.value.what
    assert "2027-05-22" in refused.value.what
    assert "menshen-edge calibrate" in str(refused.value.remedy)
    refuse_stale(gate(max_age_days=400.0), after(181))


def test_a_clock_in_the_past_neither_refuses_a_gate_nor_makes_its_calibration_fresh() -> None:
    refuse_stale(gate(), IN_1970)
    watch = watch_of(gate())
    assert watch is not None
    assert watch.days(IN_1970) is None
    assert watch.days(after(-30)) is None, "made tomorrow: the clock stands before it"
    assert watch.look(IN_1970) is None
    assert "unknown" in age_words(gate(), IN_1970)


def test_what_was_too_old_when_the_software_was_built_is_too_old_by_any_clock() -> None:
    old = calibration(made_at="2025-01-01T00:00:00Z").model_dump()
    with pytest.raises(SettingsError):
        refuse_stale(gate(calibrated=old), IN_1970)


def test_the_alarm_comes_two_weeks_before_once_and_goes_with_a_clock_set_right() -> None:
    watch = watch_of(gate())
    assert watch is not None
    assert watch.look(after(100)) is None
    raised = watch.look(after(170))
    assert raised is not None
    assert (raised.kind, raised.state) == (AlertKind.CALIBRATION, "raised")
    assert "good for 10 more days" in raised.detail
    assert watch.look(after(171)) is None
    assert watch.look(IN_1970) is None
    returned = watch.look(after(100))
    assert returned is not None
    assert returned.state == "returned"


def test_a_gate_without_a_calibration_has_no_age() -> None:
    matrix = gate(calibrated=None, matrix=[[0.25, 0.0, 0.0], [0.0, 0.25, 0.0]])
    assert watch_of(matrix) is None
    assert age_words(matrix, after(0)) == ""
    refuse_stale(matrix, after(10_000))


class Camera:
    """A source that tells a number, or none."""

    def __init__(self, serial: str | None) -> None:
        self.serial, self.closed = serial, False

    def close(self) -> None:
        self.closed = True


def test_another_camera_of_the_same_kind_is_refused_and_let_go() -> None:
    was = CameraIdentity(camera="lepton_uvc", width=160, height=120, serial="111")
    assert same_camera(lambda: Camera("111"), "thermal", was)().serial == "111"
    other = Camera("222")
    with pytest.raises(SourceError, match=r"number 222.*has 111"):
        same_camera(lambda: other, "thermal", was)()
    assert other.closed


@pytest.mark.parametrize(("now", "then"), [(None, "111"), ("222", None), (None, None)])
def test_a_number_nobody_knows_proves_nothing(now: str | None, then: str | None, caplog: pytest.LogCaptureFixture) -> None:
    was = CameraIdentity(camera="v4l2", width=640, height=480, serial=then)
    with caplog.at_level("INFO"):
        assert not same_camera(lambda: Camera(now), "colour", was)().closed
    assert "unknown" in caplog.text
    assert serial_of(object()) is None


def test_a_stored_number_does_not_make_the_settings_another_camera() -> None:
    made = calibration(
        colour={"camera": "simulated", "width": 640, "height": 480, "serial": "C1"},
        thermal={"camera": "simulated", "width": 160, "height": 120, "serial": "T1"},
    )
    refuse_others(gate(), made, "here")
    assert made.thermal.told() == "simulated, 160x120, serial number T1"


def test_the_number_of_a_usb_camera_stands_beside_its_interface(tmp_path: Path) -> None:
    usb = tmp_path / "usb1" / "1-1"
    (usb / "1-1:1.0").mkdir(parents=True)
    node = tmp_path / "nodes" / "video0"
    node.mkdir(parents=True)
    (node / "device").symlink_to(usb / "1-1:1.0")
    assert usb_serial("/dev/video0", tmp_path / "nodes") is None
    (usb / "serial").write_text("SN0042\n")
    assert usb_serial("/dev/video0", tmp_path / "nodes") == "SN0042"
    assert usb_serial("/dev/video9", tmp_path / "nodes") is None
