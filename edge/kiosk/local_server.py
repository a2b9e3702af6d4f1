"""A small web server which ends when it is told to; for this machine alone unless another address is given."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette

from edge.errors import BusyPortError

HOST: Final = "127.0.0.1"
NAMES: Final = (HOST, "localhost")
ROUND_S: Final = 0.2
CONNECTIONS: Final = 64


class LocalServer(uvicorn.Server):
    """Uvicorn without its own signal handlers: when it ends is said by `stopped` alone."""

    def __init__(self, app: Starlette, certificate: Path | None = None) -> None:
        """`certificate`: a PEM file with key and certificate; with one, nothing but TLS 1.2 or later is spoken."""
        super().__init__(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                ws="none",
                timeout_graceful_shutdown=1,
                limit_concurrency=CONNECTIONS,
                ssl_certfile=certificate,
            )
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
        for connection in list(self.server_state.connections):  # a phone that does not say goodbye to TLS is not waited for
            connection.transport.abort()


def listen(port: int, setting: str, host: str = HOST) -> socket.socket:
    """A socket on this machine's own address, or on `host`; `setting` names what chose the port. Raises BusyPortError."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(64)
    except OSError as busy:
        listening.close()
        raise BusyPortError(
            f"port {port} cannot be used ({busy.strerror})",
            where=setting,
            remedy=f"Stop the other program (`ss -ltnp | grep :{port}` names it), or choose another port.",
        ) from busy
    return listening
