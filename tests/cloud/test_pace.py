"""When gates are asked to send less."""

from __future__ import annotations

from cloud.ingest.pace import ACTIVE_S, HIGH_S, REPEAT_S, SHARE, STEADY_S, Pace
from contract.messages.down import FlowData
from contract.messages.envelope import read_data
from contract.topics import Kind
from tests.cloud import messages
from tests.cloud.rig import Rig

SLOW_S = HIGH_S + 0.5


def test_one_slow_commit_slows_nobody() -> None:
    pace = Pace()
    assert pace.see({"gate-1": 500}, SLOW_S, 0, 0.0) == {}
    assert pace.see({"gate-1": 500}, 0.05, 0, STEADY_S) == {}
    assert pace.see({"gate-1": 500}, SLOW_S, 0, STEADY_S + 1) == {}


def test_gates_share_half_of_what_can_be_committed_while_it_stays_slow() -> None:
    pace = Pace()
    pace.see({"gate-1": 300, "gate-2": 100}, 2.0, 0, 0.0)
    told = pace.see({"gate-1": 300, "gate-2": 100}, 2.0, 0, STEADY_S)
    assert told == {"gate-1": SHARE * 200 / 2, "gate-2": SHARE * 200 / 2}


def test_a_backlog_counts_like_a_slow_commit() -> None:
    pace = Pace()
    pace.see({"gate-1": 10}, 0.1, 200, 0.0)
    assert pace.see({"gate-1": 10}, 0.1, 200, STEADY_S)


def test_many_gates_that_send_what_they_have_kept_are_slowed_and_a_few_are_not() -> None:
    """A full batch says that more waits at the broker: as much as all these gates may have under way."""
    for gates, slowed in ((4, False), (200, True)):
        pace, counts = Pace(), {f"gate-{number}": 500 // gates or 1 for number in range(gates)}
        pace.see(counts, 0.05, 0, 0.0, full=True)
        assert bool(pace.see(counts, 0.05, 0, STEADY_S, full=True)) is slowed


def test_the_wish_is_repeated_while_it_holds_and_ends_well_below_where_it_began() -> None:
    pace = Pace()
    pace.see({"gate-1": 100}, SLOW_S, 0, 0.0)
    assert pace.see({"gate-1": 100}, SLOW_S, 0, STEADY_S)
    assert not pace.see({"gate-1": 100}, 1.0, 0, STEADY_S + 1), "still slow, told a second ago"
    assert pace.see({"gate-1": 100}, 1.0, 0, STEADY_S + REPEAT_S)
    assert not pace.see({"gate-1": 100}, 0.4, 0, STEADY_S + 2 * REPEAT_S)
    assert not pace.pressed


def test_a_gate_that_is_silent_takes_no_share() -> None:
    pace = Pace()
    pace.see({"gate-1": 100, "gate-2": 100}, SLOW_S, 0, 0.0)
    told = pace.see({"gate-1": 100}, SLOW_S, 0, ACTIVE_S + 1)
    assert list(told) == ["gate-1"]


def test_the_worker_tells_the_gate_on_its_own_topic(rig: Rig) -> None:
    rig.ingest._pace.pressed, rig.ingest._pace._over_since_s = True, 0.0
    rig.ingest._pace.see = lambda counts, *_, **__: dict.fromkeys(counts, 5.0)  # type: ignore[method-assign]
    rig.arrive(messages.visit(1))
    ((gate, kind, body),) = rig.bus.sent
    assert (gate, kind, read_data(FlowData, body).max_rate) == ("gate-1", Kind.FLOW, 5.0)
