"""The course of a run as a picture."""

import json
from pathlib import Path

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
from matplotlib import pyplot as plt

_WINDOW = 20


def draw_curves(log: Path, out: Path) -> None:
    """One panel for the loss and for each of its terms over the steps; thin as logged, thick the mean of 20 entries."""
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    names = [name for name in rows[0] if name not in {"step", "s"}] if rows else []
    figure, panels = plt.subplots(2, 3, figsize=(12, 6), constrained_layout=True)
    steps = np.array([row["step"] for row in rows])
    for panel, name in zip(panels.flat, names, strict=False):
        values = np.array([row[name] for row in rows])
        window = min(_WINDOW, len(values))
        panel.plot(steps, values, linewidth=0.4, color="0.6")
        panel.plot(steps[window - 1 :], np.convolve(values, np.full(window, 1 / window), "valid"), linewidth=1.6, color="#005f9e")
        panel.set_title(name)
        panel.set_xlabel("step")
        panel.set_ylim(0, float(np.percentile(values, 98)) * 1.1)
    figure.savefig(out, dpi=100)
    plt.close(figure)
