"""Learning rate over the run, and the running average of the weights that is exported in the end."""

import math

import torch
from torch import nn

WARM_UP_STEPS = 60
SLOWEST = 0.999
"""The running average looks back over about a thousand steps."""


def rate_factor(step: int, share: float) -> float:
    """Linear warm-up, then a cosine by the share (0..1) of the run that is over."""
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    return warm * (0.5 * (1 + math.cos(math.pi * min(1.0, share))) + 0.01)


class RunningAverage:
    """Exponential mean of every floating tensor, BatchNorm statistics too."""

    def __init__(self, network: nn.Module) -> None:
        self.mean = {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}

    @torch.no_grad()
    def add(self, network: nn.Module, step: int) -> None:
        """Take the weights of one more step."""
        decay = min(SLOWEST, (1 + step) / (10 + step))
        for name, tensor in network.state_dict().items():
            if tensor.is_floating_point():
                self.mean[name].lerp_(tensor, 1 - decay)
            else:
                self.mean[name].copy_(tensor)

    def copy_to(self, network: nn.Module) -> None:
        """Replace the network's weights by the mean."""
        network.load_state_dict(self.mean)
