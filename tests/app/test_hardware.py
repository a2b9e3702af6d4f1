"""What a technician is offered: every camera and wire of this machine, as the settings that use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract.settings_file import check
from edge.app.hardware.find import find
from edge.app.hardware.found import Found, Kind
from edge.config import GateConfig
from edge.errors import BarrierError, BusError
from edge.sim.wire.lepton_registers import LeptonRegisters
from tests.app.plugged import METADATA, Chip, Node, Plugged
from tests.sim.gates import simulated_gate
from tests.vision.test_amg8833 import chip as grid_eye

WEBCAM = Node("HD Webcam", {"MJPG": [(1280, 720), (640, 480), (320, 240)], "YUYV": [(640, 480)]})


class Words:
    """A chip of sixteen-bit registers of which one is known, as a Melexis array."""

    def __init__(self, register: int, word: int) -> None:
        self._words = {register.to_bytes(2, "big"): word.to_bytes(2, "big")}

    def write(self, address: int, data: bytes) -> None:
        raise AssertionError(f"nobody may write to 0x{address:02x}: {data!r}")

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        if data not in self._words:
            raise BusError(f"0x{address:02x} does not know it", where="bus")
        return self._words[data][:count]

    def close(self) -> None:
        pass


@pytest.fixture
def plugged(tmp_path: Path) -> Plugged:
    return Plugged(tmp_path)


def live(**thermal: object) -> GateConfig:
    """A gate with real cameras."""
    values = {
        "gate": "new",
        "colour": {"source": "v4l2"},
        "thermal": {"source": "none", **thermal},
        "screening": {"temperature": False},
        "uplink": {"database": "x.db"},
    }
    return check(values, GateConfig, where="test")


def silent(device: str) -> None:
    raise BarrierError("nobody answers", where=device)


def found(plugged: Plugged, config: GateConfig | None = None) -> dict[str, Found]:
    return {one.name: one for one in find(config or live(), plugged.machine, silent)}


def loads(one: Found) -> None:
    """The settings of a thermal camera or a barrier are ones that a gate takes."""
    values = live().model_dump(mode="json", exclude_none=True) | one.tables
    check(values, GateConfig, where=one.name)


def test_a_webcam_is_offered_by_the_name_that_lasts_at_a_size_it_has(plugged: Plugged) -> None:
    plugged.camera("video0", WEBCAM, by_id="usb-HD_Webcam-video-index0")
    plugged.camera("video1", Node("HD Webcam", caps=METADATA))
    plugged.camera("video2", Node("Wide", {"MJPG": [(1920, 1080), (1280, 720)]}), by_id="usb-Wide-video-index0")
    (webcam, wide) = found(plugged).values()
    assert webcam.tables == {
        "colour": {"source": "v4l2", "device": "/dev/v4l/by-id/usb-HD_Webcam-video-index0", "width": 640, "height": 480}
    }
    assert (webcam.title, webcam.kind) == ("HD Webcam", Kind.COLOUR)
    assert "1280x720" in webcam.detail
    assert (wide.tables["colour"]["width"], wide.tables["colour"]["height"]) == (1280, 720)
    loads(webcam)


def test_thermal_boards_on_usb_are_no_colour_cameras(plugged: Plugged) -> None:
    plugged.camera(
        "video0", Node("PureThermal (fw:v1.3.0)", {"Y16 ": [(160, 120), (160, 122)], "UYVY": [(160, 120)]}), "1e4e:0100"
    )
    plugged.camera("video2", Node("PureThermal 2.5", {"Y16 ": [(80, 60), (80, 63)]}), "1e4e:0100")
    plugged.camera("video4", Node("USB Camera", {"YUYV": [(256, 384)]}), "0bda:5830")
    lepton, small, infiray = found(plugged).values()
    assert {one.kind for one in (lepton, small, infiray)} == {Kind.THERMAL}
    assert (lepton.tables["thermal"]["source"], lepton.tables["thermal"]["cols"]) == ("lepton_uvc", 160)
    assert small.tables["thermal"]["rows"] == 60
    assert infiray.tables["thermal"]["source"] == "infiray"
    for one in (lepton, small, infiray):
        loads(one)


def test_stages_of_a_raspberry_pi_s_signal_processor_are_no_cameras(plugged: Plugged) -> None:
    plugged.camera("video13", Node("bcm2835-isp", {"YUYV": [(1920, 1080)]}, driver="bcm2835-isp"), "0000:0000")
    plugged.camera("video14", Node("unicam", {"pRAA": [(3280, 2464)]}, driver="unicam"), "0000:0000")
    assert found(plugged) == {}


def test_thermal_sensors_on_i2c_are_told_apart_by_what_only_they_answer(plugged: Plugged) -> None:
    plugged.device("spidev0.0")
    plugged.bus(1, {0x33: Words(0x240A, 0x0820), 0x69: grid_eye(), 0x2A: LeptonRegisters("500-0771-01", 77)})
    plugged.bus(6, {0x33: Words(0x240A, 0x0860)})
    melexis, eye, lepton, presence = found(plugged).values()
    assert melexis.tables["thermal"] == {"source": "mlx90640", "i2c_bus": 1, "address": 0x33}
    assert eye.tables["thermal"]["source"] == "amg8833"
    assert lepton.title == "FLIR Lepton 3.5"
    assert lepton.tables["thermal"] == {
        "source": "lepton_spi", "spi_bus": 0, "spi_device": 0, "i2c_bus": 1, "rows": 120, "cols": 160,
    }  # fmt: skip
    assert presence.tables["thermal"] == {"source": "mlx90641", "i2c_bus": 6, "address": 0x33}
    for one in (melexis, eye, lepton, presence):
        loads(one)


def test_a_clock_at_the_address_of_a_grid_eye_is_no_camera_and_a_lepton_without_temperatures_says_so(plugged: Plugged) -> None:
    class Clock(Words):
        def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
            del address, data
            return bytes(range(count))

    plugged.bus(1, {0x68: Clock(0, 0), 0x2A: LeptonRegisters("500-0726-01", 78)})
    (lepton,) = found(plugged).values()
    assert "no temperatures" in (lepton.trouble or "")
    assert lepton.tables == {}


def test_a_sensor_that_the_gate_is_reading_is_not_spoken_to(plugged: Plugged) -> None:
    plugged.bus(1, {0x33: Words(0x240A, 0x0820)})
    assert found(plugged, live(source="mlx90640")) == {}


def test_lines_of_the_header_come_first_and_serial_lines_are_asked_for_a_relay(plugged: Plugged) -> None:
    plugged.chip("gpiochip0", Chip("raspberrypi-exp-gpio", 8))
    plugged.chip("gpiochip1", Chip("pinctrl-bcm2711", 58))
    plugged.device("serial/by-id/usb-FTDI_USB-RS485_Cable-if00")
    plugged.device("ttyAMA0")
    asked = []

    def board(device: str) -> None:
        asked.append(device)
        if "RS485" not in device:
            silent(device)

    lines, _, relay, serial = find(live(), plugged.machine, board)
    assert (lines.kind, lines.title, lines.detail) == (Kind.LINES, "pinctrl-bcm2711", "/dev/gpiochip1: 58")
    assert relay.kind is Kind.RELAY
    assert serial.kind is Kind.SERIAL
    assert asked == ["/dev/serial/by-id/usb-FTDI_USB-RS485_Cable-if00", "/dev/ttyAMA0"]
    loads(relay)


def test_simulated_cameras_are_offered_in_simulation_alone_and_called_that(plugged: Plugged) -> None:
    assert found(plugged) == {}
    colour, thermal = found(plugged, simulated_gate()).values()
    assert colour.simulated
    assert thermal.simulated
    assert thermal.tables["registration"] == {"matrix": simulated_gate().registration.matrix, "residual_px": 2.0}  # type: ignore[union-attr]
