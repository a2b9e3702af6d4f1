"""A neural network run by onnxruntime: one thread, on the processor. No other file imports onnxruntime."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as refusals

from edge.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


_REFUSALS = (refusals.Fail, refusals.InvalidGraph, refusals.InvalidProtobuf, refusals.InvalidArgument, refusals.NotImplemented)


class Network:
    """One loaded ONNX file with one input. Not for use by two threads at once."""

    def __init__(self, file: Path) -> None:
        """Load the weights.

        Raises:
            ModelError: the file is no network, or not one with a single input.
        """
        options = onnxruntime.SessionOptions()
        # Two threads do not help a network this small: 1.40 ms becomes 1.70 ms at 320x240, and the other core has work.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
            (first,) = self._session.get_inputs()
        except (*_REFUSALS, ValueError) as refused:
            remedy = "Install Menshen again, or choose another model"
            raise ModelError(f"this is no network the gate can run: {refused}", where=str(file), remedy=remedy) from refused
        self._input_name: str = first.name
        self.input_shape: tuple[int | str | None, ...] = tuple(first.shape)
        self.outputs: dict[str, tuple[int | str | None, ...]] = {o.name: tuple(o.shape) for o in self._session.get_outputs()}
        self._names = list(self.outputs)

    def run(self, tensor: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """All outputs, in the file's order, for a tensor (1, 3, height, width)."""
        return cast("list[NDArray[np.float32]]", self._session.run(self._names, {self._input_name: tensor}))
