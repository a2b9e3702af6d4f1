"""The cloud's side of pairing, asked over HTTPS. Nothing secret is said before it is known who listens."""

from __future__ import annotations

import http.client
import ipaddress
import json
import ssl
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import SplitResult, urlsplit

from contract.enrolment import (
    PATH,
    AuthorityAnswer,
    ChallengeAnswer,
    EnrolRequest,
    IdentityAnswer,
    RenewRequest,
    renewal_bytes,
)
from contract.errors import MessageError
from contract.message import Message
from contract.messages.envelope import read_data
from edge.buses.http_client import OK, Answer, HttpClient
from edge.errors import PairingError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from edge.pairing.identity import Identity

PATIENCE_S: Final = 10.0
_TRIES: Final = 3
_NOT_YET, _ENDED, _OTHER_NAME = 9, 10, 62  # X509_V_ERR_CERT_NOT_YET_VALID, _HAS_EXPIRED, _HOSTNAME_MISMATCH
_OTHER_ADDRESS = 64
_PROXY: Final = (
    "Give the proxy before the cloud a certificate of the cloud's authority (`make_certificates.sh FOLDER server NAME`), or a "
    "public one."
)
M = TypeVar("M", bound=Message)


def known_to(authority: str) -> ssl.SSLContext:
    """Trusts what this machine trusts, and this authority (PEM)."""
    context = _context()
    context.load_default_certs()
    context.load_verify_locations(cadata=authority)
    return context


def fetch_authority(url: str) -> AuthorityAnswer:
    """Who signs at this address, whoever that is: to be compared with the token. Nothing is told. Raises PairingError."""
    unknown = _context()
    unknown.check_hostname, unknown.verify_mode = False, ssl.CERT_NONE
    return _Door(url, unknown, None).get("/authority", AuthorityAnswer)


class Cloud:
    """At `url`, whose certificate has to be of `authority` (PEM) or one that this machine trusts. `now` is for words only."""

    def __init__(self, url: str, authority: str, now: datetime) -> None:
        self._door = _Door(url, known_to(authority), now)

    def enrol(self, secret: bytes, gate: str, identity: Identity) -> IdentityAnswer:
        """Trade a token for a certificate. Raises PairingError."""
        return self._door.post("", EnrolRequest(secret=secret.hex(), gate=gate, csr=identity.csr(gate)), IdentityAnswer)

    def renew(self, current: Identity, following: Identity, gate: str) -> IdentityAnswer:
        """A certificate for the following key, by the word of the current one. Raises PairingError."""
        if current.certificate is None:
            raise PairingError("there is no certificate to renew")
        challenge = self._door.get("/challenge", ChallengeAnswer).challenge
        serial, csr = f"{current.certificate.serial_number:x}", following.csr(gate)
        signature = current.sign(renewal_bytes(challenge, serial, csr))
        wish = RenewRequest(serial=serial, csr=csr, challenge=challenge, signature=signature)
        return self._door.post("/renewal", wish, IdentityAnswer)


class _Door:
    """Asks, and says in words what is wrong."""

    def __init__(self, url: str, context: ssl.SSLContext, now: datetime | None) -> None:
        self._parts = checked_address(url)
        self._context, self._now = context, now

    def get(self, path: str, model: type[M]) -> M:
        return self._read(self._asked(lambda client, at: client.get(f"{at}{path}")), model)

    def post(self, path: str, wish: Message, model: type[M]) -> M:
        """Said again where the line breaks: the cloud answers the same wish alike."""
        body = wish.model_dump_json().encode()
        return self._read(self._asked(lambda client, at: client.post(f"{at}{path}", body)), model)

    def _asked(self, ask: Callable[[HttpClient, str], Answer]) -> Answer:
        for _ in range(_TRIES - 1):
            try:
                return self._once(ask)
            except ssl.SSLCertVerificationError as stranger:
                raise self._stranger(stranger) from stranger
            except (OSError, http.client.HTTPException):
                continue
        try:
            return self._once(ask)
        except (OSError, http.client.HTTPException) as away:
            remedy, said = "Check the address, the network and the cloud's proxy.", str(away) or type(away).__name__
            raise PairingError(f"the cloud cannot be reached ({said})", where=self._where, remedy=remedy) from away

    def _once(self, ask: Callable[[HttpClient, str], Answer]) -> Answer:
        client = HttpClient(f"{self._parts.scheme}://{self._parts.netloc}", "", None, PATIENCE_S, self._context)
        try:
            return ask(client, f"{self._parts.path.rstrip('/')}{PATH}")
        finally:
            client.close()

    def _read(self, answer: Answer, model: type[M]) -> M:
        if answer.status != OK:
            raise PairingError(_words(answer), where=self._where)
        try:
            return read_data(model, answer.body)
        except MessageError as wrong:
            raise PairingError(f"this is no cloud of this system ({wrong.what})", where=self._where) from wrong

    def _stranger(self, wrong: ssl.SSLCertVerificationError) -> PairingError:
        clock = f", which says {self._now:%Y-%m-%d %H:%M} UTC" if self._now else ""
        told = {
            _NOT_YET: (f"its certificate is not good yet by this gate's clock{clock}", "Set the time of the gate."),
            _ENDED: (f"its certificate has ended by this gate's clock{clock}", "Set the time of the gate, or renew it."),
            _OTHER_NAME: (f"its certificate is not for {self._parts.hostname}", _PROXY),
            _OTHER_ADDRESS: (f"its certificate is not for {self._parts.hostname}", _PROXY),
        }
        unknown = (f"nobody this gate trusts vouches for its certificate ({wrong.verify_message})", _PROXY)
        what, remedy = told.get(wrong.verify_code, unknown)
        return PairingError(f"whoever answers cannot show to be the cloud: {what}", where=self._where, remedy=remedy)

    @property
    def _where(self) -> str:
        return self._parts.geturl()


def checked_address(url: str) -> SplitResult:
    """Of a cloud: https, or http to this very machine. Raises PairingError."""
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as wrong:
        raise PairingError("this is no address", where=url, remedy="Give it as https://cloud.example.") from wrong
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query:
        raise PairingError("this is no address of a cloud", where=url, remedy="Give it as https://cloud.example.")
    if parts.scheme == "http" and not _is_here(host):
        raise PairingError("the token would be sent in the clear", where=url, remedy="Give the cloud's https:// address.")
    return parts._replace(fragment="")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _words(answer: Answer) -> str:
    """What the cloud said, as far as it is for people."""
    if answer.status in (301, 302, 303, 307, 308):
        return "the address leads to another one; give that one"
    try:
        detail = json.loads(answer.body)["detail"]
    except (ValueError, KeyError, TypeError):
        detail = None
    if isinstance(detail, str) and detail.isprintable():
        return f"the cloud refuses: {detail[:300].rstrip('.')}"
    return f"the cloud answers with status {answer.status}"
