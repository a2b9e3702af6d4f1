"""`python -m benchmarks.peers_times FACES THREADS keep|flush`: every eye in turn on the same photographs, in a fresh process.

Fresh, because onnxruntime decides once a process, with its first session, whether numbers below 1e-38 are computed in full
(its default) or flushed to zero. AIZOO 260 makes many of them in its first layer and takes five times as long for it (measured),
so both are shown: `keep` is what who downloads the networks gets, `flush` is the kindest way to run them all.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from benchmarks.result import Json
from benchmarks.timing import Summary, Times
from edge.vision.model_file import ModelEntry, read_manifest
from edge.vision.network import Runner
from models.evaluation.judged import read_picture
from models.evaluation.peers.families import Opened, open_peer
from models.evaluation.run import open_ours
from models.evaluation.timing import PICTURES, camera_sized

PEERS: Final = ("aizoo_260", "aizoo_360", "ultraface_masked_640", "yunet_s")
JUDGED: Final = "scenes_eval"
ROUNDS: Final = 100
WARM: Final = 5
SCORE: Final = 0.5
"""From which a gate takes a box for a face; the peers decode no more than that either."""
FLUSH, KEEP = "flush", "keep"


@dataclass(frozen=True, slots=True)
class PassTimes:
    """Of one eye, milliseconds.

    Attributes:
        whole: from decoded picture to boxes.
        cpu: of it, what the calling thread was given a processor for.
        network: the network's own run.
    """

    whole: Summary
    cpu: Summary
    network: Summary

    def as_json(self) -> dict[str, Json]:
        return asdict(self)


def peer_files(faces: Path) -> dict[str, Path]:
    """Where the weights of each peer lie in the reference data."""
    return {name: faces / "peers" / f"{name}.onnx" for name in PEERS}


def measured(faces: Path, threads: int, tiny: str = KEEP) -> dict[str, PassTimes]:
    """Of each eye by name, ours first, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.peers_times", str(faces), str(threads), tiny]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    parts: Mapping[str, Mapping[str, Mapping[str, float]]] = json.loads(done.stdout)
    return {name: PassTimes(**{key: _summary(one[key]) for key in ("whole", "cpu", "network")}) for name, one in parts.items()}


def _summary(values: Mapping[str, float]) -> Summary:
    return Summary(int(values["count"]), values["p50"], values["p95"], values["p99"], values["most"])


def pass_times(
    entry: ModelEntry, files: Mapping[str, Path], pictures: Sequence[NDArray[np.uint8]], threads: int
) -> dict[str, PassTimes]:
    """A B C A B C ...: what disturbs one disturbs its neighbours too."""
    runner = Runner(threads=threads)
    ours = open_ours(entry.file, entry.input_px, SCORE, runner)
    opened = [ours, *(open_peer(name, file, SCORE, runner) for name, file in files.items())]
    spent: dict[str, tuple[Times, list[float]]] = {one.name: (Times(), []) for one in opened}
    for turn in range(WARM + ROUNDS):
        for one in opened:
            _once(one, pictures[turn % len(pictures)], *spent[one.name])
    return {name: _summed(times, network_ms) for name, (times, network_ms) in spent.items()}


def _once(one: Opened, picture: NDArray[np.uint8], times: Times, network_ms: list[float]) -> None:
    times.of(lambda: one.eye.find(picture))
    network_ms.append(one.network.last_ms)


def _summed(times: Times, network_ms: list[float]) -> PassTimes:
    kept = times.without_first(WARM)
    return PassTimes(kept.wall, kept.cpu, Summary.of(network_ms[WARM:]))


def _flush_tiny_numbers(file: Path) -> None:
    """The first session of a process decides for its main thread."""
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    options.intra_op_num_threads = 1
    onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def main() -> None:
    faces, threads = Path(sys.argv[1]), int(sys.argv[2])
    default, entries = read_manifest()
    if sys.argv[3] == FLUSH:
        _flush_tiny_numbers(entries[default].file)
    cv2.setNumThreads(threads)
    names = sorted((faces / JUDGED).iterdir())[:PICTURES]
    pictures = camera_sized([read_picture(name) for name in names])
    times = pass_times(entries[default], peer_files(faces), pictures, threads)
    print(json.dumps({name: one.as_json() for name, one in times.items()}))


if __name__ == "__main__":
    main()
