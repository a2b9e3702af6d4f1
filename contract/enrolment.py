"""Pairing a gate with the cloud: what a person carries from the one to the other, and what the two then say by HTTPS.

The token is a secret that is good once, and the fingerprint of the authority that signs certificates. So the gate knows the
cloud before it says anything that is worth stealing, also where no public authority vouches for the cloud.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b32decode, b32encode
from binascii import Error as NoBase32Error
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import AwareDatetime, Field

from contract.errors import MessageError
from contract.message import Message, PublicKey
from contract.topics import GATE_NAME

PATH: Final = "/api/enrol"
SECRET_BYTES: Final = 16
FINGERPRINT_BYTES: Final = 16
"""The first half of a SHA-256: whoever wants another certificate of the same needs 2^128 tries."""
_CHECK_BYTES: Final = 3
_GROUP: Final = 4
_LOOK_ALIKE: Final = str.maketrans("018", "OIB")
_TOKEN_DOMAIN: Final = b"menshen enrolment 1\n"
_RENEWAL_DOMAIN: Final = b"menshen renewal 1\n"
"""What is signed for this purpose means nothing for another."""

GateId = Annotated[str, Field(pattern=f"^{GATE_NAME.pattern}$")]
SiteName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,31}$")]
Pem = Annotated[str, Field(min_length=1, max_length=8192)]
Serial = Annotated[str, Field(pattern=r"^[0-9a-f]{1,40}$")]


@dataclass(frozen=True, slots=True)
class Token:
    """What a person carries to the gate.

    Attributes:
        secret: 16 random bytes, good once.
        fingerprint: the first 16 bytes of the SHA-256 of the authority's certificate (DER).
    """

    secret: bytes
    fingerprint: bytes

    @property
    def text(self) -> str:
        """Base32 (RFC 4648) in groups of four, with a check against a wrong letter."""
        letters = b32encode(self.secret + self.fingerprint + _check(self.secret + self.fingerprint)).decode("ascii")
        return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def fingerprint_of(certificate: bytes) -> bytes:
    """What a token says of an authority. `certificate`: DER."""
    return hashlib.sha256(certificate).digest()[:FINGERPRINT_BYTES]


def pairing_code(url: str, token: Token) -> str:
    """Address and token in one line, for a QR code."""
    return f"{url}#{token.text}"


def read_pairing_code(text: str) -> tuple[str | None, Token]:
    """Address and token; no address where the text is a token alone. Raises MessageError in words."""
    url, mark, token = text.strip().rpartition("#")
    return (url if mark else None), read_token(token)


def read_token(text: str) -> Token:
    """The token, however it is grouped; 0, 1 and 8 are read as O, I and B. Raises MessageError in words."""
    letters = "".join(text.replace("-", "").split()).upper().translate(_LOOK_ALIKE)
    try:
        packed = b32decode(letters)
    except (NoBase32Error, ValueError) as wrong:
        raise MessageError("this is no token of `menshen-cloud enrol`: 14 groups of four letters and digits") from wrong
    body, check = packed[:-_CHECK_BYTES], packed[-_CHECK_BYTES:]
    if len(body) != SECRET_BYTES + FINGERPRINT_BYTES or check != _check(body):
        raise MessageError("a letter of the token is wrong or missing")
    return Token(body[:SECRET_BYTES], body[SECRET_BYTES:])


def _check(body: bytes) -> bytes:
    return hashlib.sha256(_TOKEN_DOMAIN + body).digest()[:_CHECK_BYTES]


class AuthorityAnswer(Message):
    """Who signs certificates here (PEM), and the time. A gate compares both with what it knows before it tells anything."""

    authority: Pem
    now: AwareDatetime


class EnrolRequest(Message):
    """A gate asks for its certificate. `secret` is the token's, in hexadecimal; of `csr` (PKCS #10, PEM) only the key is used."""

    secret: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    gate: GateId
    csr: Pem


class ChallengeAnswer(Message):
    """Something fresh to sign."""

    challenge: Annotated[str, Field(max_length=200)]


class RenewRequest(Message):
    """A gate asks for its next certificate.

    Attributes:
        serial: of its current one, in hexadecimal.
        csr: made with its next key (PKCS #10, PEM).
        challenge: of the cloud, a minute old at most.
        signature: ECDSA with SHA-256 by the current key over `renewal_bytes`, DER in hexadecimal.
    """

    serial: Serial
    csr: Pem
    challenge: Annotated[str, Field(max_length=200)]
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{16,160}$")]


class IdentityAnswer(Message):
    """What a gate needs to speak to its broker and to believe its cloud.

    Attributes:
        certificate, authority: PEM.
        command_keys: of the cloud, for commands; empty where it gives none.
        badge_keys: of whoever signs badges and passes.
    """

    gate: GateId
    site: SiteName
    certificate: Pem
    authority: Pem
    broker_host: Annotated[str, Field(min_length=1, max_length=255)]
    broker_port: Annotated[int, Field(ge=1, le=65535)]
    command_keys: Annotated[tuple[PublicKey, ...], Field(max_length=2)] = ()
    badge_keys: Annotated[tuple[PublicKey, ...], Field(max_length=2)] = ()


def renewal_bytes(challenge: str, serial: str, csr: str) -> bytes:
    """What the current key signs."""
    fields = {"challenge": challenge, "serial": serial, "csr": csr}
    return _RENEWAL_DOMAIN + json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")
