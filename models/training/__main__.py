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

from models.training.export import export
from models.training.network import FaceMaskNetwork
from models.training.stream import Stream
from models.training.trainer import Trainer, start_network

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
    class_weights: tuple[float, float, float]
    start: Path | None


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m models.training", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with manifest.csv, scenes_cc0, extra, crops_mit and weights"
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="the ONNX file to write; a .jsonl log and a .pt checkpoint go beside it"
    )
    parser.add_argument("--samples", type=int, default=60_000)
    parser.add_argument("--minutes", type=float, default=40.0)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--class-weights", type=float, nargs=3, default=(1.2, 0.8, 1.6), metavar=("ABSENT", "WORN", "WRONG"))
    parser.add_argument("--start", type=Path, help="go on from this checkpoint (.pt) of an earlier sitting instead of YuNet-n")
    given = parser.parse_args()
    absent, worn, wrong = given.class_weights
    return Plan(given.data, given.out, given.samples, given.minutes, given.batch, given.seed, (absent, worn, wrong), given.start)


def train(plan: Plan) -> FaceMaskNetwork:
    """Run the plan and give the averaged network."""
    torch.manual_seed(plan.seed)
    # One thread for the network, one process for the samples: two threads took 53 ms a sample where one takes 36 (two cores).
    torch.set_num_threads(1)
    network = start_network(plan.data / "weights" / "yunet_n.pth")
    if plan.start is not None:
        network.load_state_dict(torch.load(plan.start, weights_only=True))
    trainer = Trainer(network, plan.class_weights)
    steps = plan.samples // plan.batch
    loader = DataLoader(Stream(plan.data, plan.seed, plan.batch), batch_size=None, num_workers=1, prefetch_factor=8)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn())
    plan.out.parent.mkdir(parents=True, exist_ok=True)
    started_s: float | None = None
    with plan.out.with_suffix(".jsonl").open("w", encoding="utf-8") as log, Progress(*columns) as progress:
        bar = progress.add_task("reading pictures, drawing people", total=steps)
        for step, batch in enumerate(itertools.islice(loader, steps)):
            started_s = started_s or time.monotonic()
            spent_s = time.monotonic() - started_s
            share = max(step / steps, spent_s / (60 * plan.minutes))
            if share >= 1.0:
                break
            cost = trainer.step(batch, share)
            if step % _LOG_EVERY == 0:
                log.write(json.dumps({"step": step, "s": round(spent_s, 1), "loss": cost.loss, **cost.terms}) + "\n")
                log.flush()
            progress.update(bar, advance=1, description=f"loss {cost.loss:.2f}")
    return trainer.finished()


def main() -> None:
    """Train, keep the checkpoint, export."""
    plan = _plan()
    network = train(plan)
    torch.save(network.state_dict(), plan.out.with_suffix(".pt"))
    print(f"{plan.out}  sha256 {export(network, plan.out)}")


if __name__ == "__main__":
    main()
