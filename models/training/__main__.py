"""`python -m models.training --data DIR --out FILE.onnx`: one run from YuNet-n to an exported network."""

import argparse
import itertools
import json
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from torch.utils.data import DataLoader

from models.training.assign import priors_of
from models.training.export import export
from models.training.losses import loss_terms, total
from models.training.network import FaceMaskNetwork, from_yunet
from models.training.schedule import RunningAverage, rate_factor
from models.training.stream import SIDE_PX, Stream

CLASS_WEIGHTS = (1.4, 0.9, 1.3)
_RATE, _MASK_RATE, _DECAY, _LONGEST_GRADIENT = 1e-3, 3e-3, 1e-3, 10.0
_LOG_EVERY = 25


@dataclass(frozen=True, slots=True)
class Plan:
    """One run: `samples` to see, or `minutes` if they pass first (a run that the clock cuts short is not repeatable)."""

    data: Path
    out: Path
    samples: int
    minutes: float
    batch: int
    seed: int


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m models.training", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with manifest.csv, scenes_cc0, extra, crops_mit and weights"
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="the ONNX file to write; a .jsonl log and a .pt checkpoint go beside it"
    )
    parser.add_argument("--samples", type=int, default=60_000)
    parser.add_argument("--minutes", type=float, default=22.0)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    return Plan(given.data, given.out, given.samples, given.minutes, given.batch, given.seed)


def train(plan: Plan) -> FaceMaskNetwork:
    """Run the plan and give the averaged network."""
    torch.manual_seed(plan.seed)
    torch.set_num_threads(2)
    network = from_yunet(plan.data / "weights" / "yunet_n.pth").to(memory_format=torch.channels_last).train()  # type: ignore[call-overload]
    network.freeze_stem()
    fresh = set(network.mask_parameters())
    old = [p for p in network.parameters() if p.requires_grad and p not in fresh]
    optimiser = torch.optim.AdamW([{"params": old, "lr": _RATE}, {"params": list(fresh), "lr": _MASK_RATE}], weight_decay=_DECAY)
    rates = [group["lr"] for group in optimiser.param_groups]
    average, priors = RunningAverage(network), priors_of(SIDE_PX, SIDE_PX)
    weights = torch.tensor(CLASS_WEIGHTS)
    steps = plan.samples // plan.batch
    loader = DataLoader(Stream(plan.data, plan.seed, plan.batch), batch_size=None, num_workers=1, prefetch_factor=8)
    log = plan.out.with_suffix(".jsonl")
    log.parent.mkdir(parents=True, exist_ok=True)
    started_s = None
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn())
    with log.open("w", encoding="utf-8") as lines, Progress(*columns) as progress:
        bar = progress.add_task("reading pictures, drawing people", total=steps)
        for step, (pictures, truths) in enumerate(itertools.islice(loader, steps)):
            started_s = started_s or time.monotonic()
            share = max(step / steps, (time.monotonic() - started_s) / (60 * plan.minutes))
            if share >= 1.0:
                break
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * rate_factor(step, share)
            with torch.autocast("cpu", torch.bfloat16):
                raw = torch.cat(network(pictures.float().contiguous(memory_format=torch.channels_last)), 1).float()
            terms = loss_terms(raw, truths, priors, weights)
            loss = total(terms)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), _LONGEST_GRADIENT)
            optimiser.step()
            average.add(network, step)
            if step % _LOG_EVERY == 0:
                row = {"step": step, "s": round(time.monotonic() - started_s, 1), "loss": float(loss.detach())}
                lines.write(json.dumps(row | {name: round(float(value.detach()), 4) for name, value in terms.items()}) + "\n")
                lines.flush()
            progress.update(bar, advance=1, description=f"loss {float(loss.detach()):.2f}")
    average.copy_to(network)
    return network


def main() -> None:
    """Train, keep the checkpoint, export."""
    plan = _plan()
    network = train(plan)
    torch.save(network.state_dict(), plan.out.with_suffix(".pt"))
    print(f"{plan.out}  sha256 {export(network, plan.out)}")


if __name__ == "__main__":
    main()
