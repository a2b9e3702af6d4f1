"""A relay board: pymodbus's own server, on a free port or behind a serial line, which notes the bytes it is sent."""

from __future__ import annotations

import asyncio
import os
import select
import socket
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pymodbus.server import ModbusBaseServer, ModbusSerialServer, ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

TCP_HEADER, UNIT, CRC = 7, 1, 2  # bytes around function code and data


@dataclass
class Board:
    """`heard`: function code and data of each request that moves something, in hexadecimal. `port` or `device` is where it is."""

    port: int = 0
    device: str = ""
    heard: list[str] = field(default_factory=list)

    def note(self, sending: bool, packet: bytes) -> bytes:
        words = packet[UNIT:-CRC] if self.device else packet[TCP_HEADER:]
        if not sending and words and words[0] in {5, 6}:
            self.heard.append(words.hex())
        return packet


@contextmanager
def on_the_network() -> Iterator[Board]:
    """Unit 1, Modbus TCP."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        board = Board(port=probe.getsockname()[1])
    with _serving(lambda: ModbusTcpServer(_device(), address=("127.0.0.1", board.port), trace_packet=board.note)):
        yield board


@contextmanager
def on_a_serial_line() -> Iterator[Board]:
    """Unit 1, Modbus RTU, over two pseudo terminals tied to each other."""
    (one, near), (other, far) = os.openpty(), os.openpty()
    for end in (one, near, other, far):
        tty.setraw(end)
    board, end_of_line = Board(device=os.ttyname(near)), threading.Event()
    line = threading.Thread(target=_carry, args=(one, other, end_of_line))
    line.start()
    with _serving(lambda: ModbusSerialServer(_device(), port=os.ttyname(far), baudrate=9600, trace_packet=board.note)):
        yield board
    end_of_line.set()
    line.join(5)
    for end in (one, near, other, far):
        os.close(end)


def _device() -> SimDevice:
    """Coils and registers from 0 to 0x2FF."""
    return SimDevice(1, [SimData(0, count=0x300, values=0, datatype=DataType.REGISTERS)])


def _carry(one: int, other: int, end: threading.Event) -> None:
    while not end.is_set():
        for there in select.select([one, other], [], [], 0.05)[0]:
            os.write(other if there == one else one, os.read(there, 256))


@contextmanager
def _serving(make: Callable[[], ModbusBaseServer]) -> Iterator[None]:
    loop, ready = asyncio.new_event_loop(), threading.Event()
    servers: list[ModbusBaseServer] = []

    async def serve() -> None:
        servers.append(make())
        await servers[0].serve_forever(background=True)
        ready.set()
        await servers[0].serving

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(5)
    yield
    asyncio.run_coroutine_threadsafe(servers[0].shutdown(), loop).result(5)  # type: ignore[no-untyped-call]
    thread.join(5)
    loop.close()
