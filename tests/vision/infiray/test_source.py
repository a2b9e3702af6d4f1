"""An InfiRay as the gate reads it: its shutter is seen, its silence told, other cameras refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contract.verdicts import Reason
from edge.app.capture_parts import thermal_opener
from edge.clock import SystemClock
from edge.errors import SourceError
from edge.frame_shape import FrameShape
from edge.frames import FrameRing
from edge.gate.eyes import ThermalEye
from edge.sim.wire.infiray import SHUT_S, yuyv_of
from edge.vision.thermal.infiray.source import INFIRAY, open_infiray
from edge.vision.thermal.lepton.newest import Newest
from edge.vision.thermal.lepton.uvc_nodes import picture_node, refuse_another
from tests.clocks import FakeClock
from tests.vision.infiray.scenes import CONFIG, PERIOD_S, Camera, room, watch
from tests.vision.lepton.test_check import gate
from tests.vision.lepton.test_uvc_nodes import node


def test_pictures_come_as_centikelvin_with_their_time() -> None:
    camera = Camera()
    source = camera.open()
    shot = source.read()
    assert shot is not None
    assert shot.counts.shape == (192, 256)
    assert int(shot.counts[95, 128]) == pytest.approx(30_765, abs=2)
    assert shot.taken_s == pytest.approx(camera.clock.now_s - CONFIG.latency_s)
    source.close()
    assert camera.closed


def test_opening_counts_as_a_shutter_event() -> None:
    camera = Camera()
    shots = watch(camera.open(), camera, 2.0)
    assert [shot.ffc_age_s for shot in shots] == pytest.approx([PERIOD_S * (1 + at) for at in range(len(shots))])


@pytest.mark.parametrize("error_c", [0.0, 0.7, -1.2])
def test_a_closed_shutter_is_seen_and_the_picture_stands_meanwhile(error_c: float) -> None:
    camera = Camera()
    source = camera.open()
    before = watch(source, camera, 1.0)[-1]
    camera.wire.close_shutter(camera.clock.now_s, error_c)
    during = watch(source, camera, SHUT_S - PERIOD_S)
    after = watch(source, camera, 2.0)
    assert [shot.ffc_age_s for shot in during if np.array_equal(shot.counts, before.counts)] == [0.0] * len(during)
    assert len(during) >= 5
    assert after[0].ffc_age_s <= PERIOD_S * 1.5
    assert after[-1].ffc_age_s == pytest.approx(2.0, abs=0.2)
    assert (float(after[0].counts.mean()) - before.counts.mean()) / 100 == pytest.approx(error_c, abs=0.02)


@pytest.mark.parametrize("step_c", [0.3, -0.7])
def test_a_correction_without_a_pause_is_seen_as_a_step_of_all_pixels(step_c: float) -> None:
    camera = Camera()
    source = camera.open()
    assert watch(source, camera, 1.0)[-1].ffc_age_s > 0.9
    camera.scene = lambda t_s: room(t_s) + step_c
    assert watch(source, camera, PERIOD_S / 2)[-1].ffc_age_s == 0.0


def test_the_shutter_itself_in_view_is_a_shutter_event() -> None:
    camera = Camera()
    source = camera.open()
    watch(source, camera, 1.0)
    camera.scene = lambda t_s: 27.0 + (room(t_s) - np.linspace(21.0, 23.0, 192)[:, None]).clip(-0.1, 0.1)
    assert {shot.ffc_age_s for shot in watch(source, camera, 0.5)} == {0.0}


def test_a_person_who_walks_in_and_a_slow_drift_are_no_shutter_event() -> None:
    camera = Camera()
    camera.scene = lambda t_s: room(t_s, face_col=round((t_s - 1000) * 80) - 30) + 1.15 / 60 * (t_s - 1000)
    shots = watch(camera.open(), camera, 4.0)
    assert shots[-1].ffc_age_s > 3.9


def test_a_silence_is_a_shutter_event_unless_the_gate_itself_was_late() -> None:
    for skipped, event in ((0, True), (3, False)):
        camera = Camera()
        source = camera.open()
        watch(source, camera, 1.0)
        camera.clock.advance(0.76)
        camera.skipped = skipped
        shot = source.read()
        assert shot is not None
        assert (shot.ffc_age_s == 0.0) is event


def test_the_gate_s_eye_takes_a_shutter_for_no_loss_and_a_frozen_camera_for_one(tmp_path: Path) -> None:
    camera = Camera()
    source, ring = camera.open(), FrameRing.create(tmp_path / "ring", FrameShape(192, 256, 1, "uint16"))
    eye = ThermalEye(ring, 0, live=True)

    def faults(seconds: float) -> set[Reason | None]:
        found, until_s = set[Reason | None](), camera.clock.now_s + seconds
        while camera.clock.now_s < until_s:
            shot = source.read()
            if shot is not None:
                ring.write(shot.counts, shot.taken_s, shot.ffc_age_s)
            eye.look(camera.clock.now_s)
            found.add(eye.fault(camera.clock.now_s))
        return found

    faults(1.0)
    camera.wire.close_shutter(camera.clock.now_s, 0.5)
    assert faults(3.0) == {None}
    frozen = camera.wire.picture(camera.clock.now_s)
    camera.change = lambda _: frozen
    with pytest.raises(SourceError, match="no new picture for 6 s"):
        faults(10.0)
    assert eye.fault(camera.clock.now_s) is Reason.THERMAL_LOST


def test_single_bad_pictures_are_left_out_and_many_are_refused_with_the_reason() -> None:
    camera = Camera()
    source = camera.open()
    camera.change = lambda data: data[-51_200:] + data[:-51_200]
    assert [source.read() for _ in range(20)] == [None] * 20
    assert source.left_out == 20
    camera.change = bytes
    assert source.read() is not None
    camera.change = lambda data: np.frombuffer(data, np.uint16).byteswap().tobytes()
    with pytest.raises(SourceError, match=r"/dev/video2: the bytes of the pixels are swapped"):
        watch(source, camera, 2.0)


def test_pictures_of_another_size_are_refused() -> None:
    camera = Camera(change=lambda data: data[: len(data) // 2])
    with pytest.raises(SourceError, match="98304 bytes, which is no YUYV of 256x384"):
        camera.open().read()


def test_a_camera_that_is_plugged_out_or_silent_is_told() -> None:
    camera = Camera()
    source = camera.open()
    camera.change = lambda _: None
    with pytest.raises(SourceError, match="no new picture for 6 s"):
        watch(source, camera, 7.0)
    camera = Camera(gone=True)
    with pytest.raises(SourceError, match="stopped giving pictures"):
        camera.open().read()


def test_its_pictures_pass_through_the_thread_that_reads_a_camera() -> None:
    class Reader:
        left = 1

        def read(self) -> bytes | None:
            self.left -= 1
            return yuyv_of(room()) if self.left >= 0 else None

        def close(self) -> None:
            pass

    clock = FakeClock()
    newest = Newest(Reader(), clock)
    from edge.vision.thermal.infiray.source import InfiraySource

    assert InfiraySource(CONFIG, clock, newest, "/dev/video2").read() is not None
    newest.close()


def test_the_camera_is_found_by_its_usb_numbers_and_another_one_is_refused(tmp_path: Path) -> None:
    node(tmp_path, "video0", "046d", "0825")
    node(tmp_path, "video4", "0bda", "5830")
    assert picture_node("auto", tmp_path / "class", lambda _: True, INFIRAY) == "/dev/video4"
    refuse_another("/dev/video4", INFIRAY, tmp_path / "class")
    refuse_another("/dev/video9", INFIRAY, tmp_path / "class")
    with pytest.raises(SourceError, match=r"USB numbers 046d:0825, no InfiRay P2 Pro or Topdon TC001.*lsusb -d 0bda:5830"):
        refuse_another("/dev/video0", INFIRAY, tmp_path / "class")


def test_check_names_the_camera_that_is_missing(tmp_path: Path) -> None:
    opener = thermal_opener(gate(tmp_path, 'source = "infiray"\ndevice = "/dev/no-such-video"'), 0.0, SystemClock())
    with pytest.raises(SourceError, match=r"/dev/no-such-video: there is no such camera.*lsusb -d 0bda:5830"):
        opener()
    with pytest.raises(SourceError, match="no InfiRay P2 Pro or Topdon TC001 is plugged in"):
        open_infiray(CONFIG, SystemClock())
