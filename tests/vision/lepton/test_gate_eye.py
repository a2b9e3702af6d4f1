"""A Lepton as the gate's loop sees it: through the ring, on a live camera, while the shutter closes and when it freezes."""

from __future__ import annotations

from pathlib import Path

from contract.verdicts import Reason
from edge.frame_shape import FrameShape
from edge.frames import FrameRing
from edge.gate.eyes import ThermalEye
from edge.vision.thermal.lepton.spi_source import LeptonSpi
from tests.vision.lepton.test_spi_source import Bench


def faults(bench: Bench, source: LeptonSpi, eye: ThermalEye, ring: FrameRing, seconds: float) -> dict[Reason | None, float]:
    """What is wrong with the thermal camera, and when that was first so, in seconds from now."""
    began_s, found = bench.clock.now_s, dict[Reason | None, float]()
    while bench.clock.now_s - began_s < seconds:
        shot = source.read()
        if shot is not None:
            ring.write(shot.counts, shot.taken_s, shot.ffc_age_s)
        eye.look(bench.clock.now_s)
        found.setdefault(eye.fault(bench.clock.now_s), bench.clock.now_s - began_s)
    return found


def test_a_shutter_event_is_no_lost_camera_and_a_frozen_camera_is_one(tmp_path: Path) -> None:
    bench = Bench()
    source, ring = bench.open(), FrameRing.create(tmp_path / "ring", FrameShape(120, 160, 1, "uint16"))
    eye = ThermalEye(ring, 0, live=True)
    faults(bench, source, eye, ring, 1.0)
    for close in (bench.camera.announce_ffc, source.run_ffc):
        close()
        assert set(faults(bench, source, eye, ring, 6.0)) == {None}
    bench.camera.frozen = True
    found = faults(bench, source, eye, ring, 4.0)
    assert found[Reason.THERMAL_LOST] < 2.5
