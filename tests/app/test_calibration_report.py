"""The report of a calibration: what is left, in plots; nobody's picture unless somebody asked."""

from __future__ import annotations

import re

import numpy as np
import pytest

from edge.app.calibration.report import html
from edge.config.calibration import CalibrationConfig
from edge.vision.calibration.solution import Leftover

NAN = re.compile(r"\bnan\b|\binf\b")


def made(method: str) -> CalibrationConfig:
    camera = {"width": 640, "height": 480}
    lens = {"focal_px": [500.0, 500.0], "centre_px": [319.5, 239.5], "distortion": [0.1, 0.0, 0.0, 0.0, 0.0]}
    return CalibrationConfig.model_validate(
        {
            "made_at": "2026-11-22T08:00:00Z",
            "method": method,
            "residual_px": 0.62,
            "samples": 400,
            "nearest_m": 0.6,
            "farthest_m": 1.6,
            "colour": {"camera": "usb", **camera},
            "thermal": {"camera": "lepton35", "width": 160, "height": 120},
            "colour_lens": lens,
            "thermal_lens": lens,
            "pose": {"rotation_rad": [0.0, 0.02, 1.57], "shift_m": [0.03, 0.0, 0.0]},
            "latency": {"colour_s": 0.05, "thermal_s": 0.09, "uncertainty_s": 0.006},
        }
    )


def left(*, moved: bool) -> Leftover:
    rng = np.random.default_rng(1)
    lags_s = np.linspace(-0.5, 0.5, 26) if moved else np.zeros(0)
    return Leftover(
        at_px=rng.uniform((0, 0), (160, 120), (400, 2)),
        off_px=rng.normal(0, 0.4, (400, 2)),
        depth_m=rng.uniform(0.6, 1.6, 400),
        position=np.arange(400) // 40,
        lags_s=lags_s,
        lag_rms_px=1.0 + 40 * (lags_s - 0.04) ** 2,
    )


@pytest.mark.parametrize(("method", "charts", "rows"), [("heads", 3, 6), ("board", 2, 10)])
def test_the_plots_and_tables_of_each_way_to_calibrate(method: str, charts: int, rows: int) -> None:
    page = html(made(method), left(moved=method == "heads"), [])
    assert page.count("<svg") == charts
    assert page.count("</tr>") == 1 + rows + 1 + 10
    assert "90" in page, "how far the pictures are turned"
    assert not NAN.search(re.sub(r"data:[^\"]*", "", page))


def test_no_picture_of_anybody_is_in_it_unless_given() -> None:
    assert "<img" not in html(made("heads"), left(moved=True), [])
    assert "<img" in html(made("heads"), None, [(b"\xff\xd8", "asked for")])
