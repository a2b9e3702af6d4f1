"""Whatever the order of arrival, and however often each comes: the same ledger."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cloud.store.tables import visit
from contract.verdicts import Verdict
from tests.cloud import messages
from tests.cloud.rig import Rig

REVISIONS = st.lists(st.tuples(st.sampled_from(["v1", "v2", "v3"]), st.sampled_from(list(Verdict))), min_size=1, max_size=12)
SHOWN = ("visit", "gate", "verdict", "revision", "revisions", "decided_ms", "first_seen_ms")


def ledger(batches: list[list[bytes]]) -> list[tuple[Any, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        rig = Rig.open(Path(folder) / "ledger.db")
        for batch in batches:
            rig.arrive(*batch)
        rows = sorted(rig.rows(visit, *SHOWN))
        rig.database.close()
    return rows


@settings(max_examples=12, deadline=None)
@given(decided=REVISIONS, chance=st.randoms(use_true_random=False), cut=st.integers(1, 5))
def test_revisions_in_any_order_and_number_give_the_same_ledger(decided: Any, chance: Any, cut: int) -> None:
    counts: dict[str, int] = {}
    bodies = []
    for seq, (name, verdict) in enumerate(decided, start=1):
        counts[name] = counts.get(name, -1) + 1
        bodies.append(messages.visit(seq, name, counts[name], verdict))
    again = bodies + [chance.choice(bodies) for _ in range(len(bodies))]
    chance.shuffle(again)
    shuffled = [again[start : start + cut] for start in range(0, len(again), cut)]
    assert ledger(shuffled) == ledger([bodies])
