"""A line between gate and broker that can be bad in the ways real ones are."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from demo.broker import HOST

_CHUNK: Final = 512


@dataclass
class BadLine:
    """Bytes go through as the attributes say at that moment.

    Attributes:
        bytes_per_s: how many in each direction; 0 for as many as come.
        delay_s: how long every piece takes.
        deaf: nothing comes out at the other end and nobody is told (half-open).
    """

    port: int
    bytes_per_s: float = 0.0
    delay_s: float = 0.0
    deaf: bool = False
    listening: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    def reset(self) -> None:
        """Every connection ends with a reset, in the middle of whatever is under way."""
        done = threading.Event()
        self._loop.call_soon_threadsafe(self._reset, done)
        done.wait(5)

    def _reset(self, done: threading.Event) -> None:
        for writer in list(self._writers):
            plug: socket.socket = writer.get_extra_info("socket")
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        done.set()

    def _end(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()

    async def _hang_up(self) -> None:
        """Close what is left, and let the loop see that it is closed."""
        for writer in list(self._writers):
            writer.transport.abort()
        for _ in range(3):
            await asyncio.sleep(0)

    async def _serve(self, ready: threading.Event) -> None:
        server = await asyncio.start_server(self._join, HOST, 0, limit=_CHUNK)
        self.listening = server.sockets[0].getsockname()[1]
        ready.set()
        with contextlib.suppress(asyncio.CancelledError):
            await server.serve_forever()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(HOST, self.port, limit=_CHUNK)
        except OSError:
            writer.close()
            return
        self._writers |= {writer, far_writer}
        await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(_CHUNK):
                if self.deaf:
                    continue
                await asyncio.sleep(self.delay_s + (len(piece) / self.bytes_per_s if self.bytes_per_s else 0.0))
                writer.write(piece)
                await writer.drain()
        writer.close()


@contextmanager
def bad_line(port: int) -> Iterator[BadLine]:
    """A line to `port` of this machine that listens on `listening`."""
    line, ready = BadLine(port), threading.Event()

    def run() -> None:
        asyncio.set_event_loop(line._loop)
        task = line._loop.create_task(line._serve(ready))
        with contextlib.suppress(asyncio.CancelledError):
            line._loop.run_until_complete(task)
        line._loop.run_until_complete(line._hang_up())
        line._loop.close()

    running = threading.Thread(target=run, daemon=True)
    running.start()
    assert ready.wait(5)
    try:
        yield line
    finally:
        line._loop.call_soon_threadsafe(line._end)
        running.join(5)
