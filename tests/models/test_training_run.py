"""A run of the training: it can be interrupted, repeated and calibrated."""

import itertools
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")

from torch.utils.data import DataLoader  # noqa: E402

from edge.sim.drawing import Placement, draw_person  # noqa: E402
from models.training.aside_pictures import write  # noqa: E402
from models.training.covering import Wardrobe, cover  # noqa: E402
from models.training.curves import draw_curves  # noqa: E402
from models.training.labelled import WORN, WORN_WRONG, Labelled  # noqa: E402
from models.training.mosaic import Dressed, crop_mosaic, draw_pool  # noqa: E402
from models.training.network import FaceMaskNetwork  # noqa: E402
from models.training.set_aside import is_set_aside  # noqa: E402
from models.training.sources import Sources  # noqa: E402
from models.training.stream import SIDE_PX, Batch, Sampler, Stream, batch_of  # noqa: E402
from models.training.temperature import best_temperature  # noqa: E402
from models.training.trainer import Trainer  # noqa: E402


def batches(count: int) -> list[Batch]:
    made = []
    for number in range(count):
        person = draw_person(number, 150, Placement.WORN)
        picture = np.full((SIDE_PX, SIDE_PX, 3), 120, np.uint8)
        person.paste(picture, 20 + number, 20)
        shift = np.array((20 + number, 20), np.float32)
        box = (person.box + np.tile(shift, 2))[None]
        made.append(batch_of([Labelled(picture, box, (person.landmarks + shift)[None], np.array([WORN]))] * 2))
    return made


def fresh() -> Trainer:
    torch.manual_seed(3)
    return Trainer(FaceMaskNetwork().train(), (1.0, 1.0, 1.0))


def test_a_run_that_was_interrupted_ends_with_the_same_weights(tmp_path: Path) -> None:
    given = batches(4)
    straight, first, second = fresh(), fresh(), fresh()
    for number, batch in enumerate(given):
        straight.step(batch, number / 4)
        if number < 2:
            first.step(batch, number / 4)
    torch.save(first.state(), tmp_path / "kept.ckpt")
    second.restore(torch.load(tmp_path / "kept.ckpt", weights_only=True))
    assert second.steps_done == 2
    for number, batch in enumerate(given[2:], start=2):
        second.step(batch, number / 4)
    ours, theirs = second.finished().state_dict(), straight.finished().state_dict()
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_the_same_seed_gives_the_same_weights() -> None:
    ends = []
    for _ in range(2):
        trainer = fresh()
        for number, batch in enumerate(batches(2)):
            trainer.step(batch, number / 2)
        ends.append(trainer.finished().state_dict())
    assert all(torch.equal(ends[0][name], ends[1][name]) for name in ends[0])


@pytest.mark.filterwarnings("ignore:This DataLoader will create:UserWarning")
def test_two_loader_processes_give_the_batches_of_one_in_the_same_order() -> None:
    person = draw_person(2, 90)
    picture = np.full((200, 200, 3), 70, np.uint8)
    person.paste(picture, 10, 10)
    scene = Labelled(picture, person.box[None] + 10, person.landmarks[None] + 10, np.array([0]))
    empty = Labelled(picture * 0, scene.boxes[:0], scene.landmarks[:0], scene.states[:0])
    sampler = Sampler(
        Sources([scene], [scene], [scene], [empty], []), Wardrobe([]), draw_pool(2, 1), Dressed([], []), np.array([1.0]), 4
    )
    taken = []
    for workers in (1, 2):
        loader = DataLoader(Stream(sampler, 2, 3), batch_size=None, num_workers=workers, multiprocessing_context="fork")
        taken.append([pictures for pictures, _ in itertools.islice(loader, 4)])
    assert all(torch.equal(one, two) for one, two in zip(*taken, strict=True))


def test_overconfident_answers_get_a_temperature_above_one_and_timid_ones_below() -> None:
    rng = np.random.default_rng(5)
    logits = rng.normal(0, 2, (4000, 3))
    honest = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    truth = np.array([rng.choice(3, p=row) for row in honest])
    for factor in (0.5, 1.0, 2.0):
        said = np.exp(logits * factor)
        said = (said / said.sum(1, keepdims=True)).astype(np.float32)
        assert best_temperature(said, truth) == pytest.approx(factor, rel=0.12)


def test_a_temperature_of_nothing_is_one() -> None:
    assert best_temperature(np.zeros((0, 3), np.float32), np.zeros(0, np.int64)) == 1.0


def test_about_a_twelfth_of_the_pictures_is_set_aside_wherever_they_lie() -> None:
    names = [f"scene_{number}.jpg" for number in range(2400)]
    aside = [name for name in names if is_set_aside(name)]
    assert 150 < len(aside) < 250
    assert [name for name in names if is_set_aside(f"folder/{name}")] == aside


def test_a_face_with_its_mask_worn_wrong_keeps_its_state_in_a_mosaic(tmp_path: Path) -> None:
    person = draw_person(4, 120, Placement.UNDER_NOSE)
    picture = np.full((260, 260, 3), 110, np.uint8)
    person.paste(picture, 30, 20)
    shift = np.array((30, 20), np.float32)
    box, marks = (person.box + np.tile(shift, 2))[None], (person.landmarks + shift)[None]
    wrong = Labelled(picture, box, marks, np.array([WORN_WRONG]))
    wall = Labelled(np.full((300, 300, 3), 90, np.uint8), box[:0], marks[:0], np.zeros(0, np.int64))
    sources = Sources([], [], [wrong], [wall], [wrong])
    made = [crop_mosaic(sources, Wardrobe([]), SIDE_PX, np.random.default_rng(seed)) for seed in range(5)]
    assert sum(len(mosaic.states) for mosaic in made) > 4
    assert all((mosaic.states == WORN_WRONG).all() for mosaic in made)
    assert write((("mosaic", mosaic) for mosaic in made), tmp_path) == 5
    assert (tmp_path / "manifest.csv").read_text(encoding="utf-8").count("worn_wrong") == sum(len(m.states) for m in made)


def test_a_turned_face_gets_a_mask_and_a_clear_pane_shows_the_mouth() -> None:
    marks = np.array([[(70, 80), (98, 80), (100, 104), (76, 122), (96, 122)]], np.float32)
    turned = Labelled(np.full((200, 180, 3), 128, np.uint8), np.array([[40, 30, 120, 150]], np.float32), marks, np.array([0]))
    states = [int(cover(turned, Wardrobe([]), np.random.default_rng(seed)).states[0]) for seed in range(30)]
    assert {0, 1, 2} <= set(states)


def test_the_curves_are_drawn_from_the_log(tmp_path: Path) -> None:
    log = tmp_path / "run.jsonl"
    log.write_text(
        "\n".join(f'{{"step": {i}, "s": {i}, "loss": {5 - i / 10}, "mask": 1.0}}' for i in range(30)), encoding="utf-8"
    )
    draw_curves(log, tmp_path / "run.png")
    assert (tmp_path / "run.png").stat().st_size > 5000
