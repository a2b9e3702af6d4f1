"""A small web server for this machine alone, which ends when it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Generator
from typing import Final

import uvicorn
from starlette.applications import Starlette

from edge.errors import BusyPortError

HOST: Final = "127.0.0.1"
NAMES: Final = (HOST, "localhost")
ROUND_S: Final = 0.2


class LocalServer(uvicorn.Server):
    """Uvicorn without its own signal handlers: when it ends is said by `stopped` alone."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=1)
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    async def serve_until(
        self, listening: socket.socket, stopped: Callable[[], bool], beat: Callable[[], None] = lambda: None
    ) -> None:
        """Serve; `beat` is called every ROUND_S."""
        serving = asyncio.create_task(self.serve([listening]))
        while not stopped() and not serving.done():
            beat()
            await asyncio.sleep(ROUND_S)
        self.should_exit = True
        await serving


def listen(port: int, setting: str) -> socket.socket:
    """A socket on this machine's own address; `setting` names what chose the port. Raises BusyPortError."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(64)
    except OSError as busy:
        listening.close()
        raise BusyPortError(
            f"port {port} cannot be used ({busy.strerror})",
            where=setting,
            remedy=f"Stop the other program (`ss -ltnp | grep :{port}` names it), or choose another port.",
        ) from busy
    return listening
