"""Commands at the gate's door: who is let through to the loop, and what the others are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.errors import MessageError
from contract.messages.envelope import read_data
from contract.messages.orders import CommandData, ResultData
from edge.board import Board
from edge.mqtt import Incoming
from edge.orders import KEPT, Orders, from_note
from edge.uplink.commands import UNREADABLE, CommandKeys, CommandMemory, Commands
from edge.uplink.outbox import Outbox
from tests.uplink.parts import HandClock
from tests.uplink.signed import CloudKey

KEY, OTHER = CloudKey(), CloudKey()
CLOCK = HandClock()
GOOD = KEY.command(CLOCK.wall())
BODY = GOOD.model_dump_json().encode()


class Door:
    """One gate's uplink, as far as commands are concerned."""

    def __init__(self, folder: Path, *keys: str, gate: str = "gate-1") -> None:
        self.clock, self.sure = HandClock(), True
        self.outbox = Outbox.open(folder / "events.db", gate)
        board = folder / "orders"
        self.board = Board(board) if board.exists() else Board.create(board)
        self.commands = Commands(
            CommandKeys(gate, keys or [KEY.public]), CommandMemory(self.outbox), self.board, self.clock, lambda: self.sure
        )

    def hear(self, command: CommandData | bytes, *, retained: bool = False) -> ResultData | None:
        body = command if isinstance(command, bytes) else command.model_dump_json().encode()
        return self.commands.take(Incoming(1, "menshen/v1/gate-1/down/command", body, retained))

    @property
    def orders(self) -> Orders:
        return from_note(self.board.read())

    def close(self) -> None:
        self.outbox.close()
        self.board.close()


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    made = Door(tmp_path)
    yield made
    made.outbox.close()


def refused(result: ResultData | None) -> str:
    assert result is not None
    assert not result.done
    return result.detail


def test_a_good_command_reaches_the_loop_with_its_end_by_the_monotonic_clock(door: Door) -> None:
    assert door.hear(GOOD) is None
    (order,) = door.orders.last
    assert (order.command, order.verb.value, order.issuer, order.arguments) == ("c-1", "open_once", "guard.li", GOOD.arguments)
    assert order.until_s == pytest.approx(door.clock.now_s + 10)


def test_a_command_is_obeyed_once_also_across_a_restart_and_long_after(door: Door, tmp_path: Path) -> None:
    assert door.hear(GOOD) is None
    again = door.hear(GOOD)
    assert "obeyed once" in refused(again)
    assert again is not None
    assert again.repeated
    door.close()
    second = Door(tmp_path)
    assert "obeyed once" in refused(second.hear(GOOD))
    assert len(second.orders.last) == 1
    second.close()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"issued": CLOCK.wall() + timedelta(seconds=3), "expires": CLOCK.wall() + timedelta(seconds=9)}, "from now"),
        ({"issued": CLOCK.wall() - timedelta(seconds=10), "expires": CLOCK.wall()}, "late"),
        ({"expires": CLOCK.wall() + timedelta(seconds=10.1)}, "does not expire within 10 s"),
        ({"expires": CLOCK.wall() - timedelta(seconds=1)}, "does not expire within 10 s"),
        ({"verb": "open_always"}, "unknown verb"),
        ({"role": "inspector"}, "may not open_once"),
        ({"role": "facilities"}, "may not open_once"),
        ({"arguments": {}}, "needs reason"),
        ({"arguments": {"reason": " "}}, "printable"),
        ({"arguments": {"reason": "a\nb"}}, "printable"),
        ({"arguments": {"reason": "a", "seconds": "60"}}, "no argument 'seconds'"),
    ],
)
def test_a_signed_command_that_cannot_be_obeyed_is_refused_in_words(door: Door, changed: dict[str, Any], words: str) -> None:
    assert words in refused(door.hear(KEY.command(CLOCK.wall(), **changed)))
    assert door.orders.last == ()


def test_a_command_for_another_gate_is_void_at_this_one(door: Door) -> None:
    assert "not signed for this gate" in refused(door.hear(KEY.command(CLOCK.wall(), gate="gate-2")))


def test_a_command_of_another_key_and_an_unsigned_one_are_refused(door: Door) -> None:
    assert "not signed for this gate" in refused(door.hear(OTHER.command(CLOCK.wall())))
    assert "not signed" in refused(door.hear(GOOD.model_copy(update={"signature": ""})))
    assert "not signed" in refused(door.hear(GOOD.model_copy(update={"signature": "käse"})))


def test_a_gate_may_know_two_keys_while_the_clouds_is_changed_and_none_obeys_nothing(tmp_path: Path) -> None:
    both = Door(tmp_path, KEY.public, OTHER.public)
    assert both.hear(GOOD) is None
    assert both.hear(OTHER.command(CLOCK.wall(), id="c-2")) is None
    both.close()
    with pytest.raises(MessageError, match="command_keys"):
        CommandKeys("gate-1", []).check(GOOD)


def test_a_retained_command_is_refused_however_fresh(door: Door) -> None:
    assert "retained" in refused(door.hear(GOOD, retained=True))


def test_a_gate_that_does_not_know_the_time_obeys_nothing(door: Door) -> None:
    door.sure = False
    assert "clock" in refused(door.hear(GOOD))
    door.sure = True
    assert door.hear(GOOD) is None, "the refused one was not used up"


@pytest.mark.parametrize(("body", "name"), [(b"{", UNREADABLE), (b'{"id": 5}', UNREADABLE), (b'{"id": "c-9"}', "c-9")])
def test_what_nobody_can_read_is_answered_too(door: Door, body: bytes, name: str) -> None:
    result = door.hear(body)
    assert result is not None
    assert (result.command, result.done) == (name, False)


def test_a_disk_that_does_not_take_the_command_leaves_it_undone(door: Door) -> None:
    with door.outbox.alone() as connection:
        connection.execute("PRAGMA query_only = ON")
    assert "the disk does not take it" in refused(door.hear(GOOD))
    assert door.orders.last == ()


def test_a_hold_outlives_uplink_and_machine_until_it_is_released(door: Door, tmp_path: Path) -> None:
    assert door.hear(KEY.command(CLOCK.wall(), verb="hold", arguments={})) is None
    assert door.orders.held
    door.close()
    (tmp_path / "orders").unlink()  # shared memory is gone after a restart of the machine
    second = Door(tmp_path)
    assert second.orders.held
    assert second.hear(KEY.command(CLOCK.wall(), id="c-2", verb="release", arguments={})) is None
    assert not second.orders.held
    second.close()
    third = Door(tmp_path)
    assert not third.orders.held
    third.close()


def test_the_board_keeps_the_last_few_orders(door: Door) -> None:
    for number in range(KEPT + 3):
        assert door.hear(KEY.command(CLOCK.wall(), id=f"c-{number}")) is None
    assert [order.command for order in door.orders.last] == [f"c-{number}" for number in range(3, KEPT + 3)]


FIELDS = st.one_of(
    st.tuples(
        st.sampled_from(["id", "verb", "issuer", "role"]), st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,20}", fullmatch=True)
    ),
    st.tuples(
        st.sampled_from(["issued", "expires"]),
        st.integers(-(10**8), 10**8).map(lambda us: CLOCK.wall() + timedelta(microseconds=us)),
    ),
    st.tuples(
        st.just("arguments"), st.dictionaries(st.sampled_from(["reason", "zh", "en", "x"]), st.text(max_size=8), max_size=3)
    ),
    st.tuples(st.just("signature"), st.text(max_size=100) | st.binary(max_size=70).map(lambda raw: raw.hex())),
)


@given(change=FIELDS)
def test_no_field_can_be_changed_after_signing(change: tuple[str, Any]) -> None:
    name, value = change
    forged = GOOD.model_copy(update={name: value})
    if forged != GOOD:
        with pytest.raises(MessageError):
            CommandKeys("gate-1", [KEY.public]).check(forged)


@given(place=st.integers(0, len(BODY) - 1), byte=st.integers(0, 255))
def test_a_changed_byte_of_the_message_is_refused_or_changes_nothing(place: int, byte: int) -> None:
    body = BODY[:place] + bytes([byte]) + BODY[place + 1 :]
    try:
        command = read_data(CommandData, body)
        CommandKeys("gate-1", [KEY.public]).check(command)
    except MessageError:
        return
    same = {"signature": ""}
    assert command.model_copy(update=same) == GOOD.model_copy(update=same)


def test_an_argument_moved_into_another_field_is_another_command() -> None:
    """The bytes that are signed name every field: nothing can be read as something else."""
    fields = json.loads(BODY)
    fields["arguments"] = {"reason": "wheelchair", "role": "guard"}
    with pytest.raises(MessageError):
        CommandKeys("gate-1", [KEY.public]).check(CommandData.model_validate(fields))
