"""`python -m models.training --data DIR --out FILE.onnx`: one run from YuNet-n or an exported network to an exported one."""

import argparse
import hashlib
import itertools
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from torch.utils.data import DataLoader

from models.evaluation.yunet import open_yunet
from models.training.aside_pictures import aside_pictures
from models.training.curves import draw_curves
from models.training.export import export
from models.training.levers import Lever
from models.training.sources import load_sources
from models.training.stream import Sampler, Stream, batch_of
from models.training.temperature import answers, best_temperature
from models.training.trainer import Trainer, go_on_from, start_network

_LOG_EVERY, _KEEP_EVERY, _LOOKED_AT = 25, 250, 64


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the weights. `minutes` ends a run early, its rates falling with the time (then it is not repeatable).

    `start` is the sha256 of the network the run goes on from, empty for YuNet-n.
    """

    samples: int
    minutes: float
    batch: int
    seed: int
    class_weights: tuple[float, float, float]
    without: tuple[str, ...] = ()
    start: str = ""
    rate: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """One sitting of a run."""

    data: Path
    out: Path
    start: Path | None
    resume: bool
    device: str
    workers: int
    recipe: Recipe


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m models.training", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with manifest.csv, scenes_cc0, extra, crops_mit and weights"
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="the ONNX file to write; .jsonl log, .png curves, .ckpt and .pt go beside it"
    )
    parser.add_argument("--samples", type=int, default=300_000)
    parser.add_argument("--minutes", type=float, default=600.0)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--start", type=Path, metavar="FILE.onnx", help="go on from an exported network instead of YuNet-n")
    parser.add_argument("--rate", type=float, default=1.0, help="learning rates, in parts of the usual")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--class-weights", type=float, nargs=3, default=(1.3, 0.8, 1.5), metavar=("ABSENT", "WORN", "WRONG"))
    parser.add_argument(
        "--without", type=Lever, nargs="*", default=(), choices=list(Lever), help="leave out, to see what each part carries"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on from the .ckpt file that an interrupted run left beside --out"
    )
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 1), help="processes that make samples")
    given = parser.parse_args()
    absent, worn, wrong = given.class_weights
    without = tuple(sorted(one.value for one in given.without))
    digest = hashlib.sha256(given.start.read_bytes()).hexdigest() if given.start else ""
    recipe = Recipe(
        given.samples, given.minutes, given.batch, given.seed, (absent, worn, wrong), without, start=digest, rate=given.rate
    )
    return Plan(given.data, given.out, given.start, given.resume, given.device, given.workers, recipe)


def train(plan: Plan) -> Trainer:
    """Run the plan to its end, keeping a checkpoint every few minutes."""
    recipe = plan.recipe
    torch.manual_seed(recipe.seed)
    # One thread for the network, one process for the samples: two threads took 53 ms a sample where one takes 36 (two cores).
    torch.set_num_threads(1)
    print("reading the pictures and drawing people: two to three minutes")
    sampler = Sampler.load(plan.data, recipe.seed, frozenset(map(Lever, recipe.without)))
    if plan.start is None:
        network = start_network(plan.data / "weights" / "yunet_n.pth")
    else:
        network = go_on_from(plan.start, batch_of([sampler.sample(index) for index in range(_LOOKED_AT)])[0])
    trainer = Trainer(network, recipe.class_weights, plan.device, recipe.rate)
    spent_before_s = _restored(plan, trainer) if plan.resume else 0.0
    steps, first = recipe.samples // recipe.batch, trainer.steps_done
    stream = Stream(sampler, recipe.batch, first)
    loader = DataLoader(stream, batch_size=None, num_workers=plan.workers, prefetch_factor=8, multiprocessing_context="fork")
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn())
    plan.out.parent.mkdir(parents=True, exist_ok=True)
    started_s: float | None = None
    with (
        plan.out.with_suffix(".jsonl").open("a" if plan.resume else "w", encoding="utf-8") as log,
        Progress(*columns) as progress,
    ):
        bar = progress.add_task("starting", total=steps, completed=first)
        for step, batch in enumerate(itertools.islice(loader, steps - first), start=first):
            started_s = started_s or time.monotonic()
            spent_s = spent_before_s + time.monotonic() - started_s
            share = max(step / steps, spent_s / (60 * recipe.minutes))
            if share >= 1.0:
                break
            cost = trainer.step(batch, share)
            if step % _LOG_EVERY == 0:
                log.write(json.dumps({"step": step, "s": round(spent_s, 1), "loss": cost.loss, **cost.terms}) + "\n")
                log.flush()
            if (step + 1) % _KEEP_EVERY == 0:
                _keep(plan, trainer, spent_s)
            progress.update(bar, advance=1, description=f"loss {cost.loss:.2f}")
    return trainer


def _checkpoint(plan: Plan) -> Path:
    return plan.out.with_suffix(".ckpt")


def _keep(plan: Plan, trainer: Trainer, spent_s: float) -> None:
    """Whole or not at all: written beside, then renamed."""
    part = plan.out.with_suffix(".ckpt.part")
    torch.save({"recipe": asdict(plan.recipe), "spent_s": spent_s, "trainer": trainer.state()}, part)
    part.replace(_checkpoint(plan))


def _restored(plan: Plan, trainer: Trainer) -> float:
    """Bring the trainer to where the last sitting stopped. Returns the seconds already spent."""
    kept: dict[str, Any] = torch.load(_checkpoint(plan), map_location=plan.device, weights_only=True)
    wanted = asdict(plan.recipe)
    if kept["recipe"] != wanted:
        raise SystemExit(f"{_checkpoint(plan)} belongs to another run: {kept['recipe']}, asked for: {wanted}")
    trainer.restore(kept["trainer"])
    return float(kept["spent_s"])


def main() -> None:
    """Train, keep the weights, draw the curves, export."""
    plan = _plan()
    network = train(plan).finished()
    torch.save(network.state_dict(), plan.out.with_suffix(".pt"))
    draw_curves(plan.out.with_suffix(".jsonl"), plan.out.with_suffix(".png"))
    export(network, plan.out)
    aside = load_sources(plan.data, open_yunet(plan.data / "weights" / "yunet_n.onnx"), aside=True)
    temperature = best_temperature(*answers(plan.out, (made for _, made in aside_pictures(aside))))
    print(f"{plan.out}  temperature {temperature:.2f}  sha256 {export(network, plan.out, temperature)}")


if __name__ == "__main__":
    main()
