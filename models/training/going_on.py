"""A network that was exported once, made trainable again: the start of a run that goes on from it."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from models.training.network import FaceMaskNetwork

_LOOKED_AT_PX = 64


def from_exported(file: Path) -> FaceMaskNetwork:
    """The network that `export` wrote, its BatchNorms idle (they are folded into the convolutions before them).

    It answers what the file answers, but for the temperature, which the file applies behind the mask logits.
    ValueError if the file holds another layout.
    """
    network = FaceMaskNetwork()
    network.eval()
    graph = onnx.load(file).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    written = [node for node in graph.node if node.op_type == "Conv"]
    convolutions = _in_order(network)
    if len(written) != len(convolutions):
        raise ValueError(f"{file} is not of this layout: it has {len(written)} convolutions, not {len(convolutions)}")
    for node, convolution in zip(written, convolutions, strict=True):
        for name, own in zip(node.input[1:], (convolution.weight, convolution.bias), strict=True):
            given = stored[name]
            if own is None or given.shape != tuple(own.shape):
                raise ValueError(f"{file} is not of this layout: {node.name} has {name} of shape {given.shape}")
            own.data = torch.from_numpy(np.array(given))
    for norm in _norms(network):
        _kept(norm)[1].fill_(1 - norm.eps)
    return network


@torch.no_grad()
def wake_norms(network: FaceMaskNetwork, pictures: Tensor) -> None:
    """Give every BatchNorm the mean and spread it meets in `pictures` (n, 3, h, w), so that training can go on from there.

    Its scale and shift undo them: the answers stay the same.
    """
    network.eval()
    met: dict[nn.BatchNorm2d, tuple[Tensor, Tensor]] = {}

    def look(norm: nn.Module, given: tuple[Tensor]) -> None:
        assert isinstance(norm, nn.BatchNorm2d)
        variance, mean = torch.var_mean(given[0].float(), (0, 2, 3), correction=0)
        met[norm] = mean, variance

    hooks: list[RemovableHandle] = [norm.register_forward_pre_hook(look) for norm in _norms(network)]
    network(pictures.float())
    for hook in hooks:
        hook.remove()
    for norm, (mean, variance) in met.items():
        for kept, met_now in zip(_kept(norm), (mean, variance), strict=True):
            kept.copy_(met_now)
        norm.weight.copy_(torch.sqrt(variance + norm.eps))
        norm.bias.copy_(mean)


def _kept(norm: nn.BatchNorm2d) -> tuple[Tensor, Tensor]:
    """Mean and variance it divides by once training is over."""
    assert norm.running_mean is not None
    assert norm.running_var is not None
    return norm.running_mean, norm.running_var


def _norms(network: FaceMaskNetwork) -> list[nn.BatchNorm2d]:
    return [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]


@torch.no_grad()
def _in_order(network: FaceMaskNetwork) -> list[nn.Conv2d]:
    """The convolutions as a picture meets them, which is the order of the nodes in a file."""
    order: list[nn.Conv2d] = []
    hooks = [
        module.register_forward_pre_hook(lambda one, _: order.append(one))
        for module in network.modules()
        if isinstance(module, nn.Conv2d)
    ]
    network(torch.zeros(1, 3, _LOOKED_AT_PX, _LOOKED_AT_PX))
    for hook in hooks:
        hook.remove()
    return order
