"""The eye of a gate as its settings want it: which network, what it is shown, what runs it."""

from __future__ import annotations

import logging

from edge.app.eye_profile import profile_path, stored_runner
from edge.config import GateConfig
from edge.errors import ModelError
from edge.vision.detector import Detector
from edge.vision.model_file import ModelEntry, entry_of
from edge.vision.network import PLAIN, Runner
from edge.vision.view import INPUTS, WHOLE, Region, Size, proposed_input, region_around, turned_for

_log = logging.getLogger(__name__)


def eye_of(config: GateConfig) -> tuple[Detector, Runner]:
    """The detector, and what runs it. Raises ModelError.

    A provider that was only measured and does not start today gives way to the processor; one that the settings name does not.
    """
    runner = runner_of(config, entry_of(name=config.model.name))
    try:
        return _opened(config, runner), runner
    except ModelError as refusal:
        if config.model.provider is not None or runner == PLAIN:
            raise
        _log.warning("the measured provider is not used: %s", refusal)
        return _opened(config, PLAIN), PLAIN


def _opened(config: GateConfig, runner: Runner) -> Detector:
    width, height = input_of(config)
    return Detector.open(
        name=config.model.name,
        input_width=width,
        input_height=height,
        score_floor=config.screening.face_score,
        region=region_of(config),
        runner=runner,
    )


def runner_of(config: GateConfig, entry: ModelEntry) -> Runner:
    """What the settings name; what they leave out as it was measured on this machine, else the processor and one thread."""
    model = config.model
    if model.provider is not None and model.threads is not None:
        return Runner(model.provider, model.threads)
    measured = stored_runner(profile_path(config), entry.sha256) or PLAIN
    provider = model.provider or measured.provider
    threads = measured.threads if provider == measured.provider else PLAIN.threads
    return Runner(provider, model.threads or threads)


def region_of(config: GateConfig) -> Region:
    """The part of the picture that is looked at."""
    if config.model.region == "whole":
        return WHOLE
    return region_around(config.zone.polygon, config.zone.min_face, (config.colour.width, config.colour.height))


def input_of(config: GateConfig) -> Size:
    """The network's input, pixels."""
    width, height = config.colour.width, config.colour.height
    x1, y1, x2, y2 = region_of(config).pixels(width, height)
    view = x2 - x1, y2 - y1
    proposed = proposed_input(view, config.zone.min_face * height)
    if config.drawn_scale is not None and proposed == turned_for(view, INPUTS[0]):
        # A thermal face shows little: at 240x320 pixels two of eight recorded visitors were no longer measured.
        proposed = turned_for(view, INPUTS[1])
    return config.model.input_px or proposed
