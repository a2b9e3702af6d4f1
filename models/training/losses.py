"""What the network pays for: five terms, summed over the batch and divided by the number of positive cells."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from models.training.assign import Priors, assign, decode_boxes, iou_of

WEIGHTS = {"objectness": 1.0, "face": 1.0, "box": 5.0, "landmarks": 0.1, "mask": 1.5}


@dataclass(frozen=True, slots=True)
class Truth:
    """Labels of one picture: boxes (n, 4) and landmarks (n, 10) in input pixels (NaN where unknown), state (n,) 0..2."""

    boxes: Tensor
    landmarks: Tensor
    state: Tensor


def loss_terms(raw: Tensor, truths: list[Truth], priors: Priors, class_weights: Tensor) -> dict[str, Tensor]:
    """The five terms for raw (batch, cells, 19), before weighting."""
    boxes = decode_boxes(raw, priors)
    rows, cells, wanted, marks, states = [], [], [], [], []
    for row, truth in enumerate(truths):
        chosen, owner = assign(raw[row], boxes[row], truth.boxes, priors)
        rows.append(torch.full_like(chosen, row))
        cells.append(chosen)
        wanted.append(truth.boxes[owner])
        marks.append(truth.landmarks[owner])
        states.append(truth.state[owner])
    batch_row, cell = torch.cat(rows), torch.cat(cells)
    target, mark, state = torch.cat(wanted), torch.cat(marks), torch.cat(states)
    count = max(1, len(cell))
    is_face = torch.zeros_like(raw[..., 1])
    is_face[batch_row, cell] = 1.0
    mine, my_box = raw[batch_row, cell], boxes[batch_row, cell]
    quality = iou_of(my_box, target).detach().clamp(0, 1)
    place = (mark.view(-1, 5, 2) - priors.points[cell][:, None]) / priors.strides[cell][:, None]
    known = torch.isfinite(mark).all(1)
    mask = functional.cross_entropy(mine[:, 16:19], state, class_weights, reduction="none", label_smoothing=0.05)
    return {
        "objectness": functional.binary_cross_entropy_with_logits(raw[..., 1], is_face, reduction="sum") / count,
        "face": functional.binary_cross_entropy_with_logits(mine[:, 0], quality, reduction="sum") / count,
        "box": eiou(my_box, target).sum() / count,
        "landmarks": functional.smooth_l1_loss(mine[known, 6:16], place.flatten(1)[known], beta=0.11, reduction="sum") / count,
        "mask": mask.sum() / count,
    }


def eiou(box: Tensor, target: Tensor) -> Tensor:
    """1 - IoU plus distances of centre, width and height in units of the enclosing box: (n,)."""
    low, high = torch.minimum(box[:, :2], target[:, :2]), torch.maximum(box[:, 2:], target[:, 2:])
    around = (high - low).clamp(min=1e-3)
    centre = ((box[:, :2] + box[:, 2:]) - (target[:, :2] + target[:, 2:])) / 2
    size = (box[:, 2:] - box[:, :2]) - (target[:, 2:] - target[:, :2])
    return 1 - iou_of(box, target) + centre.square().sum(1) / around.square().sum(1) + (size.square() / around.square()).sum(1)


def total(terms: dict[str, Tensor]) -> Tensor:
    """The weighted sum."""
    return torch.stack([WEIGHTS[name] * value for name, value in terms.items()]).sum()
