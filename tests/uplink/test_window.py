"""Which rows may be on their way."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from edge.uplink.window import FIRST_AGAIN_S, LONGEST_AGAIN_S, NEVER_S, PROBE_S, Window


def sent(window: Window, seq: int, prio: int = 1, mid: int | None = None, now_s: float = 10.0) -> None:
    window.sent(seq, prio, seq if mid is None else mid, now_s)


def test_one_part_in_five_is_kept_for_alerts() -> None:
    window = Window(10)
    window.connected(1000)
    for seq in range(1, 9):
        sent(window, seq)
    assert window.room(1, 10.0) == 0
    assert window.room(0, 10.0) == 2


def test_many_alerts_leave_no_room_beyond_the_window() -> None:
    window = Window(10)
    window.connected(1000)
    for seq in range(1, 8):
        sent(window, seq, prio=0)
    assert window.room(2, 10.0) == 3


def test_a_receipt_that_never_comes_takes_no_room_for_ever() -> None:
    window = Window(10)
    window.connected(3)
    for seq in (1, 2):
        sent(window, seq)
    assert window.room(0, 10.0) == 0
    assert window.due(10.0 + FIRST_AGAIN_S) == []
    assert window.due(10.0 + NEVER_S) == [1, 2]
    assert window.room(0, 10.0 + NEVER_S) == 2


def test_a_row_sent_alone_leaves_no_row_behind() -> None:
    window = Window(10)
    window.connected(1000)
    window.sent(7, 1, 1, 10.0, in_turn=False)
    assert window.cursor(1) == 0
    assert window.ahead(1) == 1, "it is passed over when its turn comes"


def test_no_more_unreceipted_messages_than_the_broker_bears() -> None:
    window = Window(500)
    window.connected(20)
    assert window.room(0, 10.0) == 19
    sent(window, 1, mid=1)
    assert window.room(0, 10.0) == 18
    window.receipt(1, taken=True, now_s=10.0)
    assert window.room(0, 10.0) == 19


def test_a_row_without_an_acknowledgement_is_due_again_after_5_10_20_seconds_and_at_most_a_minute() -> None:
    window = Window(10)
    window.connected(1000)
    now_s, pauses = 0.0, []
    for mid in range(7):
        sent(window, 1, mid=mid, now_s=now_s)
        window.receipt(mid, taken=True, now_s=now_s)
        pause_s = next(step for step in range(1, 100) if window.due(now_s + step))
        pauses.append(pause_s)
        now_s += pause_s
    assert pauses == [FIRST_AGAIN_S, 10, 20, 40, LONGEST_AGAIN_S, 60, 60]


def test_a_receipt_is_no_acknowledgement() -> None:
    window = Window(10)
    window.connected(1000)
    sent(window, 1)
    window.receipt(1, taken=True, now_s=10.0)
    assert window.in_flight == 1
    window.acknowledged([1])
    assert window.in_flight == 0


def test_a_row_taken_for_nobody_goes_back_and_one_row_probes_every_few_seconds() -> None:
    window = Window(10)
    window.connected(1000)
    for seq in (1, 2, 3):
        sent(window, seq)
    for mid in (1, 2, 3):
        window.receipt(mid, taken=False, now_s=10.0)
    assert (window.in_flight, window.cursor(1), window.held) == (0, 0, True)
    assert window.room(1, 10.0 + PROBE_S - 0.1) == 0
    assert window.room(1, 10.0 + PROBE_S) == 1
    assert window.room(0, 10.0) == 10, "other priorities are not held"
    sent(window, 1, mid=4, now_s=15.0)
    assert window.room(1, 15.0) == 0
    window.receipt(4, taken=True, now_s=15.1)
    assert (window.room(1, 15.1), window.held) == (7, False)


def test_a_held_priority_stays_held_over_a_new_connection() -> None:
    window = Window(10)
    window.connected(1000)
    sent(window, 1)
    window.receipt(1, taken=False, now_s=10.0)
    window.connected(1000)
    assert (window.room(1, 10.1), window.room(0, 10.1)) == (0, 10)
    assert window.room(1, 10.0 + PROBE_S) == 1


def test_a_row_sent_again_does_not_skip_one_that_went_back() -> None:
    window = Window(10)
    window.connected(1000)
    sent(window, 1)
    sent(window, 2)
    window.receipt(1, taken=False, now_s=10.0)
    sent(window, 2, mid=3, now_s=15.0)
    assert window.cursor(1) == 0


def test_a_new_connection_forgets_what_was_on_its_way() -> None:
    window = Window(10)
    window.connected(1000)
    sent(window, 7)
    window.connected(1000)
    assert (window.in_flight, window.cursor(1), window.due(1e6)) == (0, 0, [])


class AnyOrder(RuleBasedStateMachine):
    """A sender that follows the window's advice, whatever broker and cloud answer in whatever order."""

    def __init__(self) -> None:
        super().__init__()
        self.window = Window(20)
        self.waiting: dict[int, set[int]] = {prio: set() for prio in range(4)}
        self.unreceipted: dict[int, float] = {}
        self.now_s = 1.0
        self.seq = 0
        self.mid = 0
        self.connect(10)

    @rule(maximum=st.integers(1, 30))
    def connect(self, maximum: int) -> None:
        self.window.connected(maximum)
        self.maximum = maximum
        self.unreceipted.clear()

    @rule(prio=st.integers(0, 3), count=st.integers(1, 30))
    def commit(self, prio: int, count: int) -> None:
        self.waiting[prio] |= set(range(self.seq + 1, self.seq + count + 1))
        self.seq += count

    @rule(later_s=st.floats(0.0, 30.0))
    def send(self, later_s: float) -> None:
        self.now_s += later_s
        for seq in self.window.due(self.now_s):
            self._out(seq, next(prio for prio, rows in self.waiting.items() if seq in rows))
        for prio in range(4):
            room = self.window.room(prio, self.now_s)
            after = sorted(seq for seq in self.waiting[prio] if seq > self.window.cursor(prio) and not self.window.flies(seq))
            for seq in after[:room]:
                self._out(seq, prio)

    def _out(self, seq: int, prio: int) -> None:
        self.mid += 1
        self.unreceipted[self.mid] = self.now_s
        self.window.sent(seq, prio, self.mid, self.now_s)

    @precondition(lambda self: self.unreceipted)
    @rule(data=st.data(), taken=st.booleans())
    def receipt(self, data: st.DataObject, taken: bool) -> None:
        mid = data.draw(st.sampled_from(sorted(self.unreceipted)))
        del self.unreceipted[mid]
        self.window.receipt(mid, taken=taken, now_s=self.now_s)

    @precondition(lambda self: any(self.waiting.values()))
    @rule(data=st.data())
    def acknowledge(self, data: st.DataObject) -> None:
        seq = data.draw(st.sampled_from(sorted(set().union(*self.waiting.values()))))
        for rows in self.waiting.values():
            rows.discard(seq)
        self.window.acknowledged([seq])

    @invariant()
    def never_more_than_the_window_and_the_broker_bear(self) -> None:
        assert self.window.in_flight <= 20
        awaited = [sent_s for sent_s in self.unreceipted.values() if self.now_s - sent_s < NEVER_S]
        assert len(awaited) <= max(1, self.maximum - 1)

    @invariant()
    def no_waiting_row_is_forgotten(self) -> None:
        for prio, rows in self.waiting.items():
            behind = {seq for seq in rows if seq <= self.window.cursor(prio)}
            assert all(self.window.flies(seq) for seq in behind)


AnyOrder.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestAnyOrder = AnyOrder.TestCase


@given(size=st.integers(1, 10_000), maximum=st.integers(0, 65_535))
def test_there_is_always_room_for_one_row_when_nothing_is_on_its_way(size: int, maximum: int) -> None:
    window = Window(size)
    window.connected(maximum)
    assert all(window.room(prio, 1.0) >= 1 for prio in range(4))
