"""One network being trained: optimiser, rates, running average. No files, no clock."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from models.training.assign import priors_of
from models.training.going_on import from_exported, wake_norms
from models.training.losses import Truth, loss_terms, total
from models.training.network import FaceMaskNetwork, from_yunet
from models.training.schedule import RunningAverage, rate_factor
from models.training.stream import SIDE_PX, Batch

_RATE, _MASK_RATE, _DECAY, _LONGEST_GRADIENT = 1e-3, 3e-3, 1e-3, 10.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What one step cost: the weighted sum and its terms before weighting."""

    loss: float
    terms: dict[str, float]


def start_network(yunet: Path) -> FaceMaskNetwork:
    """YuNet-n with a fresh mask branch, the first layers frozen, ready to train."""
    return _ready(from_yunet(yunet))


def go_on_from(exported: Path, pictures: Tensor) -> FaceMaskNetwork:
    """An exported network, the first layers frozen, ready to train; `pictures` (n, 3, h, w) are like those it will learn from."""
    network = from_exported(exported)
    wake_norms(network, pictures)
    return _ready(network)


def _ready(network: FaceMaskNetwork) -> FaceMaskNetwork:
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    network.train()
    network.freeze_stem()
    return network


def _has_bfloat16(device: torch.device) -> bool:
    """Whether arithmetic in bfloat16 is the device's own; weights and losses stay float32.

    Where it is, a step goes from 36 to 19 ms a sample on two cores; where it is only imitated, from 33 to 51.
    """
    return device.type != "cpu" or any(torch.cpu.get_capabilities().get(one) for one in ("amx_bf16", "avx512_bf16", "bf16"))


class Trainer:
    """Feed it batches; take the averaged network in the end."""

    def __init__(
        self, network: FaceMaskNetwork, class_weights: tuple[float, float, float], device: str = "cpu", rate: float = 1.0
    ) -> None:
        """`class_weights` for absent, worn, worn_wrong in the mask loss; `device` as torch names it; `rate` times the usual."""
        network.to(device)
        self._network, self._device = network, torch.device(device)
        fresh = network.mask_parameters()
        chosen = {id(p) for p in fresh}
        old = [p for p in network.parameters() if p.requires_grad and id(p) not in chosen]
        self._rates = [rate * _RATE, rate * _MASK_RATE]
        self._optimiser = torch.optim.AdamW([{"params": old}, {"params": fresh}], weight_decay=_DECAY)
        self._average, self._priors = RunningAverage(network), priors_of(SIDE_PX, SIDE_PX).to(self._device)
        self._class_weights = torch.tensor(class_weights, device=self._device)
        self._halved = torch.autocast(self._device.type, torch.bfloat16, enabled=_has_bfloat16(self._device))
        self.steps_done = 0

    def step(self, batch: Batch, share: float) -> Cost:
        """Learn from one batch; `share` (0..1) of the run is over."""
        pictures, truths = self._moved(batch)
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * rate_factor(self.steps_done, share)
        with self._halved:
            raw = torch.cat(self._network(pictures.float().contiguous(memory_format=torch.channels_last)), 1).float()
        terms = loss_terms(raw, truths, self._priors, self._class_weights)
        loss = total(terms)
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), _LONGEST_GRADIENT)
        self._optimiser.step()
        self._average.add(self._network, self.steps_done)
        self.steps_done += 1
        return Cost(float(loss.detach()), {name: round(float(value.detach()), 4) for name, value in terms.items()})

    def _moved(self, batch: Batch) -> Batch:
        pictures, truths = batch
        moved = [Truth(*(part.to(self._device) for part in (t.boxes, t.landmarks, t.state))) for t in truths]
        return pictures.to(self._device), moved

    def state(self) -> dict[str, Any]:
        """Everything `restore` needs to go on as if nothing had happened."""
        return {
            "network": self._network.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "average": self._average.mean,
            "steps_done": self.steps_done,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a `state` of an earlier sitting."""
        self._network.load_state_dict(state["network"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._average.mean = {name: tensor.to(self._device) for name, tensor in state["average"].items()}
        self.steps_done = int(state["steps_done"])

    def finished(self) -> FaceMaskNetwork:
        """The network with its averaged weights, on the processor."""
        self._average.copy_to(self._network)
        self._network.to("cpu")
        return self._network
