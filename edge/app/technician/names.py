"""Under which names a phone reaches this machine."""

from __future__ import annotations

import socket
from contextlib import closing
from ipaddress import ip_address
from typing import Final

_ELSEWHERE: Final = ("192.0.2.1", 9)  # reserved for documentation; asking for the way there sends nothing


def addresses(listen: str) -> list[str]:
    """IP addresses at which the page answers when it listens on `listen`."""
    if not ip_address(listen).is_unspecified:
        return [listen]
    return [found] if (found := _address_outside()) else ["127.0.0.1"]


def host_names() -> list[str]:
    """The machine's own name, and as it is called on the local network."""
    name = socket.gethostname().partition(".")[0].lower()
    return [name, f"{name}.local"] if name and name != "localhost" else ["localhost"]


def _address_outside() -> str | None:
    """The address this machine uses towards others; None without a network."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            return None
        return str(probe.getsockname()[0])
