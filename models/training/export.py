"""Writes a trained network as ONNX with dynamic height and width."""

import hashlib
import warnings
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn

from models.training.network import CHANNELS, FaceMaskNetwork


class _Answering(nn.Module):
    """Probabilities instead of logits; box and points stay raw."""

    def __init__(self, network: FaceMaskNetwork, temperature: float) -> None:
        super().__init__()
        self.network, self.temperature = network, temperature

    def forward(self, picture: Tensor) -> tuple[Tensor, ...]:
        levels = cast("list[Tensor]", self.network(picture))
        parts = (
            torch.cat([x[..., :2].sigmoid(), x[..., 2:16], (x[..., 16:] / self.temperature).softmax(-1)], -1) for x in levels
        )
        # The reshape writes 1 and 19 into the file; without it the last size is a name and nothing can be checked.
        return tuple(part.reshape(1, -1, CHANNELS) for part in parts)


def export(network: FaceMaskNetwork, file: Path, temperature: float = 1.0) -> str:
    """Write `file` (input `input`, outputs p8, p16, p32) and give its sha256; `temperature` divides the mask logits."""
    file.parent.mkdir(parents=True, exist_ok=True)
    dynamic = {"input": {2: "h", 3: "w"}, "p8": {1: "cells8"}, "p16": {1: "cells16"}, "p32": {1: "cells32"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter without dynamo is the one that folds BatchNorm and keeps h, w free
        torch.onnx.export(
            _Answering(network, temperature).eval(),
            (torch.zeros(1, 3, 320, 416),),
            str(file),
            dynamo=False,
            opset_version=17,
            input_names=["input"],
            output_names=["p8", "p16", "p32"],
            dynamic_axes=dynamic,
        )
    return hashlib.sha256(file.read_bytes()).hexdigest()
