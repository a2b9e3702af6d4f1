"""Our eye beside other people's, on the same pictures in one process: how fast, how large, how right."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console

from benchmarks.peers_accuracy import Accuracy, accuracy
from benchmarks.peers_memory import added_mb
from benchmarks.peers_table import accuracy_table, speed_table
from benchmarks.peers_times import FLUSH, JUDGED, PassTimes, measured, peer_files
from benchmarks.result import Figure, Json
from edge.vision.model_file import read_manifest
from models.evaluation.labels import read_labels
from models.evaluation.run import OURS

REFERENCE_DATA: Final = "MENSHEN_REFERENCE_DATA"
YARDSTICK: Final = "aizoo_260"
OF_ITS_TIME: Final = 0.25
"""Ours takes at most a quarter of AIZOO 260's time."""
Sizes = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Speeds:
    """Of each eye by name.

    Attributes:
        one, two: with one thread and with two, as onnxruntime runs networks.
        flushed: one thread, with numbers below 1e-38 taken for zero.
    """

    one: Mapping[str, PassTimes]
    two: Mapping[str, PassTimes]
    flushed: Mapping[str, PassTimes]


@dataclass(frozen=True, slots=True)
class Beside:
    """What was found; no figures, and the reason, where the reference data are not there."""

    figures: tuple[Figure, ...]
    details: Mapping[str, Json]


def beside_peers(say: Callable[[str], None]) -> Beside:
    """Measure and print. Raises MenshenError where weights or pictures cannot be used."""
    root = os.environ.get(REFERENCE_DATA, "")
    faces = Path(root) / "faces"
    lacking = [str(file) for file in (faces / "manifest.csv", *peer_files(faces).values()) if not file.is_file()]
    if lacking:
        reason = f"{lacking[0]} is not there" if root else f"{REFERENCE_DATA} is not set"
        say(f"no comparison with other networks: {reason}")
        return Beside((), {"peers": f"skipped: {reason}"})
    return _measured(faces, say)


def _measured(faces: Path, say: Callable[[str], None]) -> Beside:
    default, entries = read_manifest()
    files, labels = peer_files(faces), read_labels(faces / "manifest.csv", faces, under=f"{JUDGED}/")
    say(f"ours and {len(files)} others in turns on photographs: one thread, two, and with tiny numbers flushed")
    speeds = Speeds(measured(faces, 1), measured(faces, 2), measured(faces, 1, FLUSH))
    say("memory of each session, in a process of its own")
    sizes_mb = {name: added_mb(name, file) for name, file in {OURS: entries[default].file, **files}.items()}
    say(f"judging {len(labels)} photographs with each, unless that is remembered")
    right = accuracy(entries[default], faces / "manifest.csv", files, labels)
    console = Console(highlight=False)
    console.print(speed_table(speeds.one, speeds.two, speeds.flushed, sizes_mb), accuracy_table(right))
    details: dict[str, Json] = {
        "one_thread": _json(speeds.one),
        "two_threads": _json(speeds.two),
        "one_thread_tiny_numbers_flushed": _json(speeds.flushed),
        "memory_mb": sizes_mb,
        "accuracy": right.as_json(),
    }
    return Beside(_figures(speeds, sizes_mb, right), {"peers": details})


def _json(times: Mapping[str, PassTimes]) -> dict[str, Json]:
    return {name: one.as_json() for name, one in times.items()}


def _figures(speeds: Speeds, sizes_mb: Sizes, right: Accuracy) -> tuple[Figure, ...]:
    return (
        Figure("pass: ours / AIZOO 260, one thread", _ratio(speeds.one), "x", OF_ITS_TIME),
        Figure("pass: ours / AIZOO 260, two threads", _ratio(speeds.two), "x", OF_ITS_TIME),
        Figure("the same, one thread, processor time", _cpu_ratio(speeds.one), "x"),
        Figure("the same, one thread, tiny numbers flushed", _ratio(speeds.flushed), "x"),
        Figure("the same, flushed, processor time", _cpu_ratio(speeds.flushed), "x"),
        Figure("pass of ours, one thread", speeds.one[OURS].whole.p50, "ms"),
        *[
            Figure(f"pass: {name} / AIZOO 260", _ratio(speeds.one, name), "x")
            for name in speeds.one
            if name not in (OURS, YARDSTICK)
        ],
        *[Figure(f"session of {name}", sizes["pss"], "MB") for name, sizes in sizes_mb.items()],
        *[Figure(f"mAP3 of {name}", value, "") for name, value in right.map3.items()],
    )


def _ratio(times: Mapping[str, PassTimes], name: str = OURS) -> float:
    return times[name].whole.p50 / times[YARDSTICK].whole.p50


def _cpu_ratio(times: Mapping[str, PassTimes]) -> float:
    return times[OURS].cpu.p50 / times[YARDSTICK].cpu.p50
