"""Calibrating without a board: somebody walks about, and is told what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from edge.app.calibration.head_watch import SCORE_FLOOR, HeadWatch
from edge.app.calibration.pictures import pictures
from edge.errors import CalibrationError
from edge.vision.calibration.heads import match
from edge.vision.calibration.pose import solve_heads
from edge.vision.detector import Detector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from edge.app.calibration.laid import Newest
    from edge.app.calibration.pictures import Picture
    from edge.config import GateConfig
    from edge.vision.calibration.heads import Matched
    from edge.vision.calibration.solution import Solution

TOLD_EVERY_S: Final = 5.0
_LARGEST_RMS_PX: Final = 3.0
_INPUT_PX: Final = (416, 320)
_LEAST_USED: Final = 0.5


def by_heads(
    config: GateConfig,
    seconds: float,
    say: Callable[[str], None],
    newest: Newest,
    watched: Callable[[GateConfig, float], Iterator[Picture]] = pictures,
) -> Solution:
    """Watch until enough was seen, `seconds` at most. Raises CalibrationError where that gave no good answer, SourceError.

    `newest` keeps the last picture of each camera. `watched`: where the pictures come from.
    """
    width, height = _INPUT_PX
    detector = Detector.open(name=config.model.name, input_width=width, input_height=height, score_floor=SCORE_FLOOR)
    watch = HeadWatch(detector, config.sensor.rotate, config.colour.width, config.bodies)
    say("One person, and nobody else in view: walk about slowly before the cameras and look at them.")
    say("Come as near as an arm's length, go back two steps, go to both sides; bend your knees now and then.")
    begun_s, told_s = None, 0.0
    for picture in newest.of(watched(config, seconds)):
        watch.see(picture)
        begun_s = picture.taken_s if begun_s is None else begun_s
        if picture.taken_s - begun_s - told_s < TOLD_EVERY_S:
            continue
        told_s, wanted = picture.taken_s - begun_s, watch.wanted()
        colour, thermal = watch.seen
        now = wanted[0] if wanted else "enough"
        say(f"{told_s:4.0f} s: head seen {colour} times in colour, {thermal} times in heat. Now: {now}")
        if not wanted:
            break
    return _solved(config, watch, say)


def _solved(config: GateConfig, watch: HeadWatch, say: Callable[[str], None]) -> Solution:
    wanted = watch.wanted()
    if wanted:
        colour, thermal = watch.seen
        raise CalibrationError(
            f"too little was seen: a head {colour} times by the colour camera, {thermal} times by the thermal camera",
            where="calibrate --heads",
            remedy=f"Run it again, longer (--seconds): {'; '.join(wanted)}.",
        )
    matched = match(*watch.tracks)
    if matched is None or matched.used.mean() < _LEAST_USED:
        raise _no_fit("the head moves in one picture as it does not in the other")
    _tell_turn(config, matched, say)
    solution = solve_heads(matched, (config.colour.width, config.colour.height), config.upright_px, config.sensor.fov_deg)
    if solution.rms_px > _LARGEST_RMS_PX:
        raise _no_fit(f"{solution.rms_px:.1f} thermal pixels are left between where heads are and where they should be")
    return solution


def _no_fit(what: str) -> CalibrationError:
    remedy = "See that both cameras look at the same place, that one person alone is in view, and that neither camera shakes."
    return CalibrationError(what, where="calibrate --heads", remedy=remedy)


def _tell_turn(config: GateConfig, matched: Matched, say: Callable[[str], None]) -> None:
    if matched.mirror:
        say("The thermal picture is mirrored: that is taken into account.")
    if matched.quarter_turn_deg:
        upright = (config.sensor.rotate + matched.quarter_turn_deg) % 360
        say(
            f"The thermal picture lies on its side or head: set sensor.rotate = {upright} and calibrate again, to see it upright."
        )
