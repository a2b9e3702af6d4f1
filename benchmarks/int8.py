"""`python -m benchmarks.int8 DIR`: the shipped network with 8-bit weights and activations, beside itself in float.

`DIR` holds the labelled pictures (`manifest.csv`, `scenes_cc0/` to calibrate with, `scenes_eval/` to judge by). Writes
`build/int8/`. Needs the packages `onnx` and `onnxruntime`. What came of it: docs/decisions/0006.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static

from benchmarks.timing import side_by_side
from edge.vision.letterbox import Letterbox
from edge.vision.model_file import read_manifest
from edge.vision.network import Network

OUT: Final = Path("build/int8")
PICTURES: Final = 48
ROUNDS: Final = 200
WIDTH_PX, HEIGHT_PX = 416, 320
INNER: Final = ("/network/backbone", "/network/neck")
"""The way `heads_in_float` leaves everything else in float: there the numbers are read directly."""


class Calibration(CalibrationDataReader):  # type: ignore[misc]
    """Every n-th picture of a folder, letterboxed as the gate does it."""

    def __init__(self, folder: Path) -> None:
        files = sorted(folder.iterdir())
        self._files = iter(files[:: max(1, len(files) // PICTURES)])
        self._letterbox = Letterbox(WIDTH_PX, HEIGHT_PX)

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        for file in self._files:
            picture = cv2.imread(str(file), cv2.IMREAD_COLOR)
            if picture is not None:
                self._letterbox.fit(np.asarray(picture, np.uint8))
                return {"input": self._letterbox.tensor.copy()}
        return None


def quantised(model: Path, pictures: Path, name: str, excluded: list[str]) -> Path:
    """The network in QDQ form, weights per channel."""
    file = OUT / f"{name}.onnx"
    quantize_static(
        model,
        file,
        Calibration(pictures),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        calibrate_method=CalibrationMethod.MinMax,
        nodes_to_exclude=excluded,
    )
    return file


def heads(model: Path) -> list[str]:
    """Names of the nodes of the output branches."""
    import onnx

    return [node.name for node in onnx.load(model).graph.node if not node.name.startswith(INNER)]


def judge(model: Path, data: Path) -> None:
    command = [sys.executable, "-m", "models.evaluation", "--manifest", str(data / "manifest.csv"), "--root", str(data)]
    more = ["--under", "scenes_eval/", "--model", str(model), "--json", str(OUT / f"{model.stem}.json")]
    subprocess.run([*command, *more], check=True)


def main() -> None:
    data = Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    default, entries = read_manifest()
    float_file = entries[default].file
    files = {
        "float": float_file,
        "int8": quantised(float_file, data / "scenes_cc0", "int8", []),
        "heads_in_float": quantised(float_file, data / "scenes_cc0", "heads_in_float", heads(float_file)),
    }
    tensor = np.random.default_rng(1).integers(0, 256, (1, 3, HEIGHT_PX, WIDTH_PX)).astype(np.float32)
    networks = {name: Network(file) for name, file in files.items()}
    works = [lambda network=network: network.run(tensor) for network in networks.values()]
    for name, times in zip(files, side_by_side(works, ROUNDS), strict=True):
        print(f"{name:16} {times.wall.p50:.2f} ms median, {min(times.wall_ms):.2f} least, {files[name].stat().st_size} bytes")
    for file in files.values():
        judge(file, data)


if __name__ == "__main__":
    main()
