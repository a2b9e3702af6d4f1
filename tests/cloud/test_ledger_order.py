"""Whatever the order of arrival, and however often each comes: the same ledger."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cloud.store.migrate import open_database
from cloud.store.tables import visit
from contract.verdicts import Verdict
from tests.cloud import messages
from tests.cloud.postgres import Server
from tests.cloud.rig import Rig

REVISIONS = st.lists(st.tuples(st.sampled_from(["v1", "v2", "v3"]), st.sampled_from(list(Verdict))), min_size=1, max_size=12)
SHOWN = ("visit", "gate", "verdict", "revision", "revisions", "decided_ms", "first_seen_ms")


def ledger(url: str, batches: list[list[bytes]]) -> list[tuple[Any, ...]]:
    rig = Rig(open_database(url))
    for batch in batches:
        rig.arrive(*batch)
    rows = sorted(rig.rows(visit, *SHOWN))
    rig.database.close()
    return rows


def in_any_order(new: Callable[[], str], decided: Any, chance: Any, cut: int) -> None:
    counts: dict[str, int] = {}
    bodies = []
    for seq, (name, verdict) in enumerate(decided, start=1):
        counts[name] = counts.get(name, -1) + 1
        bodies.append(messages.visit(seq, name, counts[name], verdict))
    again = bodies + [chance.choice(bodies) for _ in range(len(bodies))]
    chance.shuffle(again)
    shuffled = [again[start : start + cut] for start in range(0, len(again), cut)]
    assert ledger(new(), shuffled) == ledger(new(), [bodies])


@settings(max_examples=12, deadline=None)
@given(decided=REVISIONS, chance=st.randoms(use_true_random=False), cut=st.integers(1, 5))
def test_revisions_in_any_order_and_number_give_the_same_ledger(decided: Any, chance: Any, cut: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        numbers = count()
        in_any_order(lambda: f"sqlite:///{folder}/ledger{next(numbers)}.db", decided, chance, cut)


@settings(max_examples=6, deadline=None)
@given(decided=REVISIONS, chance=st.randoms(use_true_random=False), cut=st.integers(1, 5))
def test_so_they_do_in_postgresql(postgres_server: Server, decided: Any, chance: Any, cut: int) -> None:
    in_any_order(postgres_server.ledger, decided, chance, cut)
