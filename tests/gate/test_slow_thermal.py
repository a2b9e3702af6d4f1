"""A thermal camera with about one picture a second: who stands still passes where three readings lie within 2 s, else nobody."""

from __future__ import annotations

import pytest

from edge.lane.step import Step
from edge.sim.drawing import Placement
from edge.sim.walk_up import CAST
from edge.vision.detector import Detector
from tests.gate.watched import FPS, Watched, somebody


class SlowlyWatched(Watched):
    """Only each `every`th picture of the thermal camera comes."""

    every = 1

    def _look(self, t_s: float) -> Step:
        if self._tick % self.every == 0:
            return super()._look(t_s)
        picture = self._camera.picture(t_s)
        found, tracks = self._people.see(picture, t_s)
        return self._lane.step(t_s, self._people.faces(found, tracks, None, t_s, picture), None)


@pytest.mark.parametrize(("every_s", "passes"), [(0.9, True), (1.1, False)])
def test_three_pictures_must_come_within_two_seconds(every_s: float, passes: bool) -> None:
    person = somebody(CAST[0], 320.0, 225.0, 190.0, Placement.WORN)
    gate = SlowlyWatched(Detector.open(), lambda _: (person,), lambda _: (person,), seed=3)
    gate.every = round(every_s * FPS)
    gate.until(6.0)
    gate.close()
    assert (gate.passes > 0) is passes
