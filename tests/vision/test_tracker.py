from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.identities import Score, score
from edge.sim.sightings import Eye, watch
from edge.sim.walks import SECONDS, scene
from edge.vision.tracker import Track, Tracker

Path = Callable[[float], tuple[float, float] | None]
FPS = [10.0, 25.0]
WIDTH = 80.0


def walk(x: float, y: float, x_per_s: float = 0.0, y_per_s: float = 0.0) -> Path:
    return lambda now_s: (x + x_per_s * now_s, y + y_per_s * now_s)


def hidden(path: Path, since_s: float, until_s: float) -> Path:
    return lambda now_s: None if since_s <= now_s < until_s else path(now_s)


def follow(tracker: Tracker, people: list[Path], seconds: float, fps: float, *, shake_px: float = 1.0) -> list[list[int]]:
    """Each person's track ids over time, in order; the detector's order changes from picture to picture."""
    generator = np.random.default_rng(3)
    ids: list[list[int]] = [[] for _ in people]
    for tick in range(round(seconds * fps)):
        seen = [(index, place) for index, person in enumerate(people) if (place := person(tick / fps)) is not None]
        seen = [seen[index] for index in generator.permutation(len(seen))]
        centres = np.array([place for _, place in seen]).reshape(-1, 2) + generator.normal(0, shake_px, (len(seen), 2))
        half = np.array([WIDTH / 2, WIDTH * 0.6])
        boxes = np.concatenate([centres - half, centres + half], 1).astype(np.float32)
        given_ids = tracker.update(boxes, np.full(len(seen), 0.9, np.float32), tick / fps)
        for (index, _), track_id in zip(seen, given_ids, strict=True):
            ids[index].append(track_id)
    return ids


def only(tracker: Tracker) -> Track:
    assert len(tracker.tracks) == 1
    return tracker.tracks[0]


@pytest.mark.parametrize("fps", FPS)
def test_a_person_who_stands_is_one_person(fps: float) -> None:
    tracker = Tracker()
    assert set(follow(tracker, [walk(320, 240)], 3.0, fps)[0]) == {1}
    track = only(tracker)
    assert track.speed_m_s < 0.1
    assert track.longest_gap_s == pytest.approx(1 / fps)
    assert track.last_s - track.first_s == pytest.approx(3.0 - 1 / fps)


@pytest.mark.parametrize("fps", FPS)
def test_a_brisk_walker_is_one_person_and_their_speed_is_known(fps: float) -> None:
    tracker = Tracker()
    per_s = 1.2 / 0.15 * WIDTH
    assert set(follow(tracker, [walk(0, 240, per_s)], 1.0, fps)[0]) == {1}
    assert only(tracker).speed_m_s == pytest.approx(1.2, abs=0.15)


@pytest.mark.parametrize("fps", FPS)
def test_people_side_by_side_keep_their_own_tracks(fps: float) -> None:
    ids = follow(Tracker(), [walk(100 + 90 * index, 240) for index in range(5)], 2.0, fps)
    assert [len(set(track)) for track in ids] == [1] * 5
    assert len({track[0] for track in ids}) == 5


@pytest.mark.parametrize("fps", FPS)
def test_two_people_who_cross_keep_their_tracks(fps: float) -> None:
    ids = follow(Tracker(), [walk(100, 230, 220), walk(540, 250, -220)], 2.0, fps)
    assert [len(set(track)) for track in ids] == [1, 1]


@pytest.mark.parametrize("fps", FPS)
def test_someone_hidden_for_a_moment_behind_another_keeps_their_track(fps: float) -> None:
    behind = hidden(walk(100, 230, 200), 0.95, 1.2)
    ids = follow(Tracker(), [behind, walk(320, 250)], 2.0, fps)
    assert [len(set(track)) for track in ids] == [1, 1]


def test_a_gap_is_remembered() -> None:
    tracker = Tracker()
    assert set(follow(tracker, [hidden(walk(320, 240), 1.0, 1.24)], 2.0, 25.0)[0]) == {1}
    assert only(tracker).longest_gap_s == pytest.approx(0.28)
    assert only(tracker).gap_s == pytest.approx(0.04)


def test_someone_who_comes_back_after_a_second_is_somebody_new() -> None:
    ids = follow(Tracker(), [hidden(walk(320, 240), 1.0, 2.0)], 3.0, 25.0)[0]
    assert set(ids) == {1, 2}


def test_somebody_else_in_another_place_is_somebody_new_at_once() -> None:
    ids = follow(Tracker(), [lambda now_s: (100, 100) if now_s < 1.0 else (500, 300)], 2.0, 25.0)[0]
    assert set(ids) == {1, 2}


def test_a_face_far_behind_another_is_not_its_continuation() -> None:
    tracker = Tracker()
    tracker.update(np.array([[280.0, 190.0, 360.0, 290.0]]), np.ones(1), 0.0)
    assert tracker.update(np.array([[310.0, 225.0, 330.0, 250.0]]), np.ones(1), 0.04) == [2]


def test_a_number_is_never_given_twice() -> None:
    tracker = Tracker()
    box, score = np.array([[10.0, 10.0, 60.0, 70.0]]), np.ones(1)
    assert [tracker.update(box, score, 10.0 * visit)[0] for visit in range(5)] == [1, 2, 3, 4, 5]


def test_an_empty_picture_is_an_empty_answer() -> None:
    tracker = Tracker()
    assert tracker.update(np.empty((0, 4)), np.empty(0), 0.0) == []
    assert not tracker.tracks


def test_a_track_that_nobody_renews_ends() -> None:
    tracker = Tracker()
    for now_s in (0.0, 0.04):
        tracker.update(np.array([[10.0, 10.0, 60.0, 70.0]]), np.ones(1), now_s)
    tracker.update(np.empty((0, 4)), np.empty(0), 0.5)
    assert len(tracker.tracks) == 1
    tracker.update(np.empty((0, 4)), np.empty(0), 0.65)
    assert not tracker.tracks


def test_a_face_seen_in_one_picture_only_does_not_wait_for_another() -> None:
    tracker = Tracker()
    tracker.update(np.array([[10.0, 10.0, 60.0, 70.0]]), np.ones(1), 0.0)
    tracker.update(np.empty((0, 4)), np.empty(0), 0.3)
    assert not tracker.tracks


BOX = st.lists(st.floats(-1e4, 1e4, width=32) | st.sampled_from([math.nan, math.inf]), min_size=4, max_size=4)


@given(st.lists(st.lists(BOX, max_size=4), max_size=6), st.floats(0, 1))
def test_whatever_the_detector_says_every_face_has_its_own_track(pictures: list[list[list[float]]], step_s: float) -> None:
    tracker = Tracker()
    with np.errstate(all="ignore"):
        for index, boxes in enumerate(pictures):
            ids = tracker.update(np.array(boxes, np.float32).reshape(-1, 4), np.ones(len(boxes), np.float32), index * step_s)
            assert len(set(ids)) == len(boxes)


def doubts(people: list[Path], seconds: float, fps: float) -> int:
    """In how many pictures somebody was doubted, in the second half."""
    tracker, count = Tracker(), 0
    generator = np.random.default_rng(5)
    for tick in range(round(seconds * fps)):
        places = [place for person in people if (place := person(tick / fps)) is not None]
        centres = np.array(places).reshape(-1, 2) + generator.normal(0, 1.0, (len(places), 2))
        half = np.array([WIDTH / 2, WIDTH * 0.6])
        tracker.update(np.concatenate([centres - half, centres + half], 1), np.full(len(places), 0.9), tick / fps)
        count += any(track.doubted for track in tracker.tracks)
    return count


@pytest.mark.parametrize("fps", FPS)
def test_who_passes_close_by_somebody_is_in_doubt_and_who_stands_beside_is_not(fps: float) -> None:
    assert doubts([walk(100, 230, 220), walk(540, 250, -220)], 2.0, fps) > 0
    assert doubts([walk(200, 240), walk(320, 240)], 2.0, fps) == 0
    assert doubts([walk(100, 240, 150)], 2.0, fps) == 0


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize("side", [-1, 1])
def test_who_takes_the_place_of_somebody_who_leaves_is_somebody_new(fps: float, side: int) -> None:
    def leaves(now_s: float) -> tuple[float, float] | None:
        return (320 + side * 400 * max(0.0, now_s - 1.5), 240) if now_s < 2.2 else None

    def follows(now_s: float) -> tuple[float, float] | None:
        return (320 - side * 500 * max(0.0, 2.3 - now_s), 250) if now_s > 1.7 else None

    first, second = follow(Tracker(), [leaves, follows], 3.5, fps)
    assert not set(first) & set(second)


@pytest.mark.parametrize("fps", FPS)
def test_half_a_second_behind_somebody_nearer_does_not_make_a_new_person(fps: float) -> None:
    tracker = Tracker()
    ids: dict[int, set[int]] = {}
    for tick in range(round(3.0 * fps)):
        now_s = tick / fps
        x = 60 + 170 * now_s
        far = [x - 25, 200, x + 25, 265]
        near = [240.0, 130.0, 400.0, 330.0]
        hidden = 220 < x < 350
        boxes = np.array([near] if hidden else [near, far])
        for who, number in enumerate(tracker.update(boxes, np.full(len(boxes), 0.9), now_s)):
            ids.setdefault(who, set()).add(number)
    assert {who: len(numbers) for who, numbers in ids.items()} == {0: 1, 1: 1}


@pytest.mark.parametrize("fps", FPS)
def test_hardly_anybody_is_taken_for_somebody_else(fps: float) -> None:
    total = Score()
    for kind, seed in itertools.product(("cross", "behind", "together", "relay", "crowd"), range(200, 202)):
        total.add(score(Tracker(), watch(scene(kind, seed), SECONDS, fps, seed, Eye())))
    assert total.taken_over == 0
    assert total.switches <= 0.9 * total.people
