"""One POST to somebody else's server, and nothing of ours on the way.

The address of the other side is looked at when the connection stands, before anything is said: a name that leads into the
cloud's own network reaches nothing there unless its network is named in the settings. Redirections are not followed.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from cloud.escalation.road import NotDeliveredError

PATIENCE_S: Final = 10.0
_RETRY: Final = frozenset({408, 425, 429})


class Poster:
    """`private_networks`: what may be reached beside public addresses."""

    def __init__(self, private_networks: Sequence[str]) -> None:
        self._networks = [ip_network(one) for one in private_networks]

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer, whatever it is. Raises NotDeliveredError where nobody answers or nobody may be asked."""
        try:
            return self._asked(url, "POST", body, headers)
        except (OSError, HTTPException) as away:
            raise NotDeliveredError(f"the other side does not answer ({away})", where=shown(url)) from away

    def reach(self, url: str) -> None:
        """Connect and say nothing. Raises NotDeliveredError."""
        try:
            self._asked(url, "", b"", {})
        except (OSError, HTTPException) as away:
            raise NotDeliveredError(f"the other side does not answer ({away})", where=shown(url)) from away

    def _asked(self, url: str, method: str, body: bytes, headers: Mapping[str, str]) -> int:
        parts = urlsplit(url)
        connection = _connection(parts.scheme, parts.hostname or "", parts.port)
        try:
            connection.connect()
            self._check(connection.sock.getpeername()[0], url)
            if not method:
                return 0
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path, body, dict(headers))
            return connection.getresponse().status
        finally:
            connection.close()

    def _check(self, peer: str, url: str) -> None:
        address = ip_address(peer.partition("%")[0])
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        named = any(address.version == one.version and address in one for one in self._networks)
        if not (address.is_global or named):
            what = f"{peer} is no public address; name its network in escalation.private_networks if it is meant"
            raise NotDeliveredError(what, where=shown(url), for_good=True)


def taken(status: int, url: str) -> str:
    """What stands in the receipt. Raises NotDeliveredError for a status that says no; a redirection is no delivery either."""
    if status // 100 == 2:  # noqa: PLR2004  RFC 9110: 2xx is done
        return f"HTTP {status}"
    final = status // 100 != 5 and status not in _RETRY  # noqa: PLR2004
    raise NotDeliveredError(f"the other side answered {status}", where=shown(url), for_good=final)


def shown(url: str) -> str:
    """Without the query, which may hold a token."""
    return urlsplit(url)._replace(query="").geturl()


def _connection(scheme: str, host: str, port: int | None) -> HTTPConnection:
    if scheme == "https":
        return HTTPSConnection(host, port, timeout=PATIENCE_S, context=ssl.create_default_context())
    return HTTPConnection(host, port, timeout=PATIENCE_S)
