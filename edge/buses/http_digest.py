"""HTTP digest access authentication (RFC 7616), MD5 and SHA-256, `qop` auth or none: challenge in, header out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.request import parse_http_list, parse_keqv_list

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALGORITHMS: Final = {"SHA-256": hashlib.sha256, "MD5": hashlib.md5}
"""Strongest first; of the challenges a device sends, that one is answered."""
_SCHEME: Final = "digest "


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the device wants proved."""

    realm: str
    nonce: str
    algorithm: str
    qop: bool
    opaque: str | None


def strongest(headers: Sequence[str]) -> Challenge | None:
    """The challenge to answer, of the values of all WWW-Authenticate headers; None where none is a digest known here."""
    known = [challenge for challenge in map(_challenge, headers) if challenge is not None]
    order = list(_ALGORITHMS)
    return min(known, key=lambda challenge: order.index(challenge.algorithm), default=None)


def _challenge(header: str) -> Challenge | None:
    if not header.lower().startswith(_SCHEME):
        return None
    pairs = [part for part in parse_http_list(header[len(_SCHEME) :]) if "=" in part]
    values = {key.strip().lower(): value for key, value in parse_keqv_list(pairs).items()}
    algorithm = values.get("algorithm", "MD5").upper()
    qops = [qop.strip() for qop in values.get("qop", "").split(",") if qop.strip()]
    if algorithm not in _ALGORITHMS or "nonce" not in values or "realm" not in values or (qops and "auth" not in qops):
        return None
    return Challenge(values["realm"], values["nonce"], algorithm, bool(qops), values.get("opaque"))


def authorization(challenge: Challenge, user: str, password: str, method: str, uri: str, cnonce: str, count: int) -> str:
    """The value of the Authorization header. `count`: how often this nonce was used, from 1."""

    def digest(text: str) -> str:
        return _ALGORITHMS[challenge.algorithm](text.encode()).hexdigest()

    secret = digest(f"{user}:{challenge.realm}:{password}")
    what = digest(f"{method}:{uri}")
    use = f"{count:08x}:{cnonce}:auth:" if challenge.qop else ""
    values = {"username": user, "realm": challenge.realm, "nonce": challenge.nonce, "uri": uri}
    values["response"] = digest(f"{secret}:{challenge.nonce}:{use}{what}")
    if challenge.opaque is not None:
        values["opaque"] = challenge.opaque
    quoted = [f'{key}="{value}"' for key, value in values.items()]
    bare = [f"algorithm={challenge.algorithm}"]
    if challenge.qop:
        bare += ["qop=auth", f"nc={count:08x}", f'cnonce="{cnonce}"']
    return "Digest " + ", ".join(quoted + bare)
