"""No combination of NaN, infinity, stale, frozen or missing pictures ever yields PASS: the whole loop against the rule's words.

The same examples every time; `MENSHEN_EXAMPLES=5000` looks for others, and for longer.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import inf, nan
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gate.fed import LONG_AGO_S, Colour, Fed, Heat, Seen, Tick, Told
from tests.gate.oracle import Past, cameras_lost, may_pass, second_body

LOOK_ON: Final = os.environ.get("MENSHEN_EXAMPLES")
EXAMPLES: Final = int(LOOK_ON or "20")
TICKS: Final = 24
PASS_LASTS_S: Final = 3.0
LINGER_S: Final = 2.2
BROKEN: Final = ["box", "edge", "landmarks", "point", "score"]
NUMBERS: Final = [nan, inf, -inf, 1e30, -1e30]
OFF_S: Final = st.sampled_from([-0.2, -0.4, -1.0, -3.0, -30.0, 0.2, 5.0, 1e9, nan, inf, -inf])
FACES: Final = st.one_of(
    st.sampled_from(["absent", "wrong", "unsure", "nan", "half nan", "infinite", "minus infinite", "too large"]).map(
        lambda mask: (Seen(mask=mask),)
    ),
    st.builds(
        lambda part, value: (Seen(broken=part, value=value),),
        st.sampled_from(BROKEN),
        st.sampled_from(NUMBERS),
    ),
    st.sampled_from(
        [
            (),
            (Seen("far"),),
            (Seen("beside"),),
            (Seen(), Seen("beside")),
            (Seen(), Seen("beside", "absent")),
            (Seen("far"), Seen()),
        ]
    ),
)
CHANGE: Final = st.one_of(
    st.builds(lambda state: {"colour": state}, st.sampled_from(Colour)),
    st.builds(lambda off_s: {"colour_off_s": off_s}, OFF_S),
    st.builds(lambda faces: {"faces": faces}, FACES),
    st.builds(lambda state: {"heat": state}, st.sampled_from(Heat)),
    st.builds(lambda off_s: {"heat_off_s": off_s}, OFF_S),
    st.builds(lambda age_s: {"ffc_age_s": age_s}, st.sampled_from([nan, 0.0, 2.0, 4.9, 5.0, -1.0, -inf, inf])),
    st.builds(lambda after_s: {"after_s": after_s}, st.sampled_from([0.02, 0.28, 0.35, 0.6, 1.2, 2.5])),
)
SPELL: Final = st.tuples(st.integers(0, TICKS - 1), st.integers(1, TICKS), CHANGE)
"""From which tick on, for how many, what is wrong."""


@contextmanager
def gate() -> Iterator[Fed]:
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        yield Fed(Path(folder))


def film(spells: list[tuple[int, int, dict[str, Any]]]) -> list[Tick]:
    """A healthy masked person, and what the spells make of it."""
    ticks = [Tick() for _ in range(TICKS)]
    for begin, length, change in spells:
        for index in range(begin, min(TICKS, begin + length)):
            ticks[index] = replace(ticks[index], **change)
    return ticks


class Watch:
    """Plays ticks and holds every answer against the rule."""

    def __init__(self, fed: Fed) -> None:
        self.fed, self.past, self.told = fed, list[Past](), list[Told]()
        self.passed_s = -inf

    def play(self, ticks: list[Tick]) -> None:
        for tick in ticks:
            answers = self.fed.round(tick)
            self.past.append(Past(answers[0].now_s, tick))
            for told in answers:
                self._judge(told)
            self.told += answers

    def _judge(self, told: Told) -> None:
        allowed = may_pass(self.past, told.now_s)
        assert allowed or not told.announced, "announced"
        if told.announced:
            self.passed_s = told.now_s
        walking_through = told.now_s - self.passed_s <= PASS_LASTS_S + LINGER_S
        assert allowed or walking_through or not told.shown, "shown"
        if told.open:
            assert told.now_s - self.passed_s <= PASS_LASTS_S + 0.03, "open for longer than a PASS lasts"
            assert not cameras_lost(self.past, told.now_s), "open without a camera"
            assert not all(second_body(place, self.past, told.now_s) for place in ("near", "beside")), "open before two"

    @property
    def passes(self) -> int:
        return sum(one.announced for one in self.told)


@settings(max_examples=EXAMPLES, deadline=None, derandomize=not LOOK_ON, suppress_health_check=list(HealthCheck))
@given(st.lists(SPELL, min_size=1, max_size=6))
def test_whatever_the_cameras_do_nobody_passes_whom_the_rule_does_not_let(spells: list[tuple[int, int, dict[str, Any]]]) -> None:
    with gate() as fed:
        Watch(fed).play(film(spells))


def test_where_everything_is_well_a_masked_person_passes_within_a_second() -> None:
    with gate() as fed:
        watch = Watch(fed)
        watch.play(film([])[:8])
        assert watch.passes == 1
        assert watch.told[-1].open


LASTING: Final[list[dict[str, Any]]] = [
    *[{"colour": state} for state in Colour if state is not Colour.OK],
    *[{"heat": state} for state in Heat if state is not Heat.OK],
    *[{"colour_off_s": off_s} for off_s in (-0.6, -3.0, 5.0, nan, inf, -inf)],
    *[{"heat_off_s": off_s} for off_s in (-0.6, -3.0, 5.0, nan, inf, -inf)],
    *[{"faces": (Seen(mask=mask),)} for mask in ("nan", "half nan", "infinite", "minus infinite", "too large", "absent")],
    *[
        {"faces": (Seen(broken=part, value=value),)}
        for part in ("box", "edge", "landmarks", "point", "score")
        for value in (nan, inf)
    ],
    *[{"ffc_age_s": age_s} for age_s in (0.0, 4.9, -1.0, -inf)],
]


@pytest.mark.parametrize("change", LASTING, ids=str)
def test_what_is_wrong_all_the_time_lets_nobody_pass(change: dict[str, Any]) -> None:
    with gate() as fed:
        watch = Watch(fed)
        watch.play(film([(0, TICKS, change)])[:14])
        assert watch.passes == 0


@settings(max_examples=max(3, EXAMPLES // 8), deadline=None, derandomize=not LOOK_ON, suppress_health_check=list(HealthCheck))
@given(st.lists(SPELL, min_size=1, max_size=4))
def test_after_all_of_it_the_next_person_passes(spells: list[tuple[int, int, dict[str, Any]]]) -> None:
    """Nothing of what was not a number stays behind."""
    with gate() as fed:
        watch = Watch(fed)
        watch.play(film(spells))
        watch.play([Tick(faces=(), heat=Heat.FLAT, ffc_age_s=LONG_AGO_S) for _ in range(24)])
        before = watch.passes
        watch.play([Tick() for _ in range(12)])
        assert watch.passes == before + 1
