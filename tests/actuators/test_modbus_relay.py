"""A relay board on Modbus: what it is told, byte for byte, and that a board that is away holds up nobody."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from edge.actuators.modbus_relay import ModbusRelay
from edge.config.barrier import BarrierConfig
from edge.config.barrier_remote import ModbusBarrier
from edge.errors import BarrierError
from tests.actuators.modbus_board import Board, on_a_serial_line, on_the_network


@pytest.fixture(scope="module")
def running() -> Iterator[Board]:
    with on_the_network() as one:
        yield one


@pytest.fixture
def there(running: Board) -> Board:
    running.heard.clear()
    return running


def relay_at(port: int, **rest: Any) -> ModbusRelay:
    return ModbusRelay(settings(host="127.0.0.1", port=port, **rest))


def settings(**rest: Any) -> ModbusBarrier:
    chosen = TypeAdapter[Any](BarrierConfig).validate_python({"kind": "modbus", **rest})
    assert isinstance(chosen, ModbusBarrier)
    return chosen


def test_a_flash_is_one_command_for_on_and_off_again(there: Board) -> None:
    relay = relay_at(there.port, timing="flash", relay=1)
    relay.ask()
    relay.pull(0.8)
    relay.drop()
    relay.close()
    assert there.heard == ["0502010008", "0500010000"]  # the maker's own example: relay 1, 800 ms
    assert relay.again_s is None


def test_a_serial_line_carries_the_same_words() -> None:
    with on_a_serial_line() as there:
        relay = ModbusRelay(settings(device=there.device, timing="flash"))
        relay.ask()
        relay.pull(0.7)
        relay.close()
        assert there.heard == ["0502000007"]


def test_a_delay_is_in_whole_seconds_and_never_too_short(there: Board) -> None:
    relay = relay_at(there.port, timing="delay", relay=0)
    relay.ask()
    relay.pull(2.1)
    relay.drop()
    relay.close()
    assert there.heard == ["0600010603", "0600010200"]


def test_a_coil_behind_a_watchdog_is_written_again_and_again(there: Board) -> None:
    relay = relay_at(there.port, timing="watchdog", watchdog_s=0.9)
    relay.pull(3.0)
    relay.pull(2.7)
    relay.close()
    assert there.heard == ["050000ff00", "050000ff00"]
    assert relay.again_s == pytest.approx(0.3)


def test_a_relay_the_board_does_not_have_is_told(there: Board) -> None:
    relay = relay_at(there.port, timing="delay", relay=63, unit=9)
    with pytest.raises(BarrierError, match=r"relay board (refuses|does not answer)"):
        relay.ask()
    relay.close()


def test_a_board_that_is_away_is_told_with_place_and_remedy() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        relay = relay_at(nobody.getsockname()[1], timing="flash", deadline_s=0.1)
        with pytest.raises(BarrierError, match=r"unit 1: the relay board does not answer.*Check the board's power"):
            relay.pull(1.0)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"host": "a", "timing": "coil"}, "stays pulled when the gate's process dies"),
        ({"host": "a", "timing": "watchdog"}, "needs watchdog_s"),
        ({"timing": "flash"}, "either host"),
        ({"host": "a", "device": "/dev/ttyUSB0", "timing": "flash"}, "either host"),
    ],
)
def test_a_plain_coil_and_a_board_nowhere_are_refused(table: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        settings(**table)
