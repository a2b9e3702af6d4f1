"""Which cells answer for which face: SimOTA as vision code of this family does it."""

from dataclasses import dataclass

import torch
from torch import Tensor

_FAR = 1e5
_RADIUS, _CORE = 2.0, 1.0
_MOST_CELLS, _CANDIDATES = 8, 10


@dataclass(frozen=True, slots=True)
class Priors:
    """Top left corner and stride of every cell: points (cells, 2), strides (cells, 1), input pixels."""

    points: Tensor
    strides: Tensor

    def to(self, device: torch.device) -> "Priors":
        """The same cells on another device."""
        return Priors(self.points.to(device), self.strides.to(device))


def priors_of(width_px: int, height_px: int) -> Priors:
    """Cells of the three levels, finest first."""
    points, strides = [], []
    for stride in (8, 16, 32):
        y, x = torch.meshgrid(torch.arange(height_px // stride), torch.arange(width_px // stride), indexing="ij")
        points.append(torch.stack([x, y], -1).reshape(-1, 2).float() * stride)
        strides.append(torch.full((points[-1].shape[0], 1), float(stride)))
    return Priors(torch.cat(points), torch.cat(strides))


def decode_boxes(raw: Tensor, priors: Priors) -> Tensor:
    """Boxes x1, y1, x2, y2 in input pixels from raw (..., cells, 19)."""
    centre = priors.points + raw[..., 2:4] * priors.strides
    half = torch.exp(raw[..., 4:6].clamp(-6, 5)) * priors.strides * 0.5
    return torch.cat([centre - half, centre + half], -1)


def iou_of(a: Tensor, b: Tensor) -> Tensor:
    """Intersection over union of boxes, broadcast over (..., 4)."""
    low, high = torch.maximum(a[..., :2], b[..., :2]), torch.minimum(a[..., 2:], b[..., 2:])
    shared = (high - low).clamp(min=0).prod(-1)
    areas = (a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1)
    return shared / (areas - shared).clamp(min=1e-6)


@torch.no_grad()
def assign(raw: Tensor, boxes: Tensor, truth: Tensor, priors: Priors) -> tuple[Tensor, Tensor]:
    """Positive cells of one picture and the face each answers for.

    `raw` (cells, 19), `boxes` decoded from it (cells, 4), `truth` (faces, 4), all in input pixels.
    """
    if len(truth) == 0:
        none = torch.zeros(0, dtype=torch.long, device=raw.device)
        return none, none
    candidate = _candidates(truth, priors)
    overlap = iou_of(truth[:, None], boxes[None])
    sure = torch.sqrt(torch.sigmoid(raw[:, 0]) * torch.sigmoid(raw[:, 1]))
    cost = -torch.log(sure + 1e-6)[None] - 3 * torch.log(overlap + 1e-6) + _FAR * ~candidate
    best = (overlap * candidate).topk(_CANDIDATES, dim=1).values
    wanted = best.sum(1).clamp(1, _MOST_CELLS).long()
    rank = cost.argsort(1).argsort(1)
    taken = (rank < wanted[:, None]) & (cost < _FAR)
    owner_cost, owner = torch.where(taken, cost, torch.inf).min(0)
    cells = torch.nonzero(torch.isfinite(owner_cost))[:, 0]
    return cells, owner[cells]


def _candidates(truth: Tensor, priors: Priors) -> Tensor:
    centre = (truth[:, None, :2] + truth[:, None, 2:]) / 2
    away = (priors.points[None] - centre).abs()
    near = (away <= _RADIUS * priors.strides).all(-1)
    core = (away <= _CORE * priors.strides).all(-1)
    inside = ((priors.points[None] >= truth[:, None, :2]) & (priors.points[None] <= truth[:, None, 2:])).all(-1)
    return near & (inside | core)
