"""A neural network run by onnxruntime. No other file imports onnxruntime."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as refusals

from edge.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

PROVIDERS: Final = {
    "cpu": "CPUExecutionProvider",
    "xnnpack": "XnnpackExecutionProvider",
    "acl": "ACLExecutionProvider",
    "cuda": "CUDAExecutionProvider",
    "tensorrt": "TensorrtExecutionProvider",
}
"""Our word for what runs the network, and onnxruntime's."""
RUNTIME_VERSION: Final = str(onnxruntime.__version__)

_REFUSALS = (
    refusals.Fail,
    refusals.InvalidGraph,
    refusals.InvalidProtobuf,
    refusals.InvalidArgument,
    refusals.NotImplemented,
    refusals.EPFail,
    refusals.RuntimeException,
)
_FALL_BACK: Final = 'Set model.provider = "cpu", or measure again with `menshen-edge bench`'


@dataclass(frozen=True, slots=True)
class Runner:
    """What runs the network.

    Attributes:
        provider: a key of PROVIDERS.
        threads: of the processor, for one run.
    """

    provider: str = "cpu"
    threads: int = 1


PLAIN: Final = Runner()
"""Two threads do not help a network this small: 1.40 ms becomes 1.70 ms at 320x240, and the other core has work."""


def available() -> frozenset[str]:
    """Which of PROVIDERS the installed onnxruntime holds."""
    held = set(onnxruntime.get_available_providers())
    return frozenset(name for name, theirs in PROVIDERS.items() if theirs in held)


class Network:
    """One loaded ONNX file with one input. Not for use by two threads at once."""

    def __init__(self, file: Path, runner: Runner = PLAIN) -> None:
        """Load the weights.

        Raises:
            ModelError: the file is no network, not one with a single input, or this machine has no such provider.
        """
        self._session = _opened(file, runner)
        (first,) = self._session.get_inputs()
        self._input_name: str = first.name
        self.file = file
        self.runner = runner
        self.input_shape: tuple[int | str | None, ...] = tuple(first.shape)
        self.outputs: dict[str, tuple[int | str | None, ...]] = {o.name: tuple(o.shape) for o in self._session.get_outputs()}
        self._names = list(self.outputs)
        self._bound_to: NDArray[np.float32] | None = None
        self._binding: Any = None
        self._results: list[NDArray[np.float32]] = []
        self._places: tuple[NDArray[np.float32], list[NDArray[np.float32]]] | None = None

    def answer_into(self, tensor: NDArray[np.float32], places: list[NDArray[np.float32]]) -> None:
        """What this tensor gives is written there from now on, an array for each output; `run` then hands out `places` itself.

        For one tensor at a time: another one that is asked for takes its place, and the first is answered as if nobody had asked.
        """
        self._places, self._bound_to = (tensor, places), None

    def run(self, tensor: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """All outputs, in the file's order, for a tensor (1, 3, height, width).

        They are the network's own arrays while it is handed the same tensor: valid until its next run. Raises ModelError
        where the provider gives up.
        """
        try:
            if tensor is self._bound_to:
                self._session.run_with_iobinding(self._binding)
            else:
                self._run_and_bind(tensor)
        except _REFUSALS as refused:
            raise ModelError(f"the network cannot be run: {refused}", where=str(self.file), remedy=_FALL_BACK) from refused
        return self._results

    def _run_and_bind(self, tensor: NDArray[np.float32]) -> None:
        """The first run over this memory makes the outputs; the next ones write there: 3 to 5 % of the time (measured)."""
        self._bound_to = None
        results = cast("list[NDArray[np.float32]]", self._session.run(self._names, {self._input_name: tensor}))
        if self._places is not None and self._places[0] is tensor:
            results = _moved(results, self._places[1])
        binding = self._session.io_binding()
        binding.bind_input(self._input_name, "cpu", 0, np.float32, tensor.shape, tensor.ctypes.data)
        for name, result in zip(self._names, results, strict=True):
            binding.bind_output(name, "cpu", 0, np.float32, result.shape, result.ctypes.data)
        self._binding, self._results, self._bound_to = binding, results, tensor


def _moved(results: list[NDArray[np.float32]], places: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    for result, place in zip(results, places, strict=True):
        if result.shape != place.shape or not place.flags.c_contiguous:
            raise ValueError(f"an output of shape {result.shape} cannot be written into {place.shape}")
        np.copyto(place, result)
    return places


def _opened(file: Path, runner: Runner) -> onnxruntime.InferenceSession:
    if runner.provider not in available():
        what = f"this machine's onnxruntime {RUNTIME_VERSION} has no provider {runner.provider!r}"
        raise ModelError(what, where=str(file), remedy=f"{_FALL_BACK}. There are: {', '.join(sorted(available()))}")
    options = onnxruntime.SessionOptions()
    # XNNPACK has threads of its own; onnxruntime's would only compete with them.
    options.intra_op_num_threads = 1 if runner.provider == "xnnpack" else runner.threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Waiting threads sleep: spinning takes the core from camera and uplink.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    own = {"intra_op_num_threads": str(runner.threads)} if runner.provider == "xnnpack" else {}
    wanted: list[Any] = [(PROVIDERS[runner.provider], own)]
    if runner.provider != "cpu":
        wanted.append(PROVIDERS["cpu"])  # for the operators the provider has not
    try:
        session = onnxruntime.InferenceSession(str(file), options, providers=wanted, enable_fallback=0)
        (_,) = session.get_inputs()
    except (*_REFUSALS, ValueError) as refused:
        remedy = "Install Menshen again, or choose another model"
        raise ModelError(f"this is no network the gate can run: {refused}", where=str(file), remedy=remedy) from refused
    if PROVIDERS[runner.provider] not in session.get_providers():
        raise ModelError(f"provider {runner.provider!r} does not start here", where=str(file), remedy=_FALL_BACK)
    return session
