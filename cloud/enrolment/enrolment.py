"""How a gate comes into the fleet, stays in it, and leaves it. Every step stands in the audit."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Connection

from cloud.enrolment.authority import Authority, load_or_make, write_revocation_list
from cloud.enrolment.by_hand import made_by_hand
from cloud.enrolment.csr import has_signed, key_of_csr, sha256_of_key
from cloud.enrolment.refusal import EnrolmentRefusedError, Why
from cloud.enrolment.terms import Terms
from cloud.store.accounts import note
from cloud.store.database import Database
from cloud.store.feed import Feed
from cloud.store.invitations import (
    Invited,
    Issued,
    certificate_of_key,
    certificate_of_serial,
    invite,
    invited_by,
    keep_certificate,
    revoke,
    revoked,
    use_invitation,
)
from cloud.store.sites import place_gate
from contract.access import CLOUD_USER
from contract.enrolment import (
    SECRET_BYTES,
    EnrolRequest,
    IdentityAnswer,
    RenewRequest,
    Token,
    renewal_bytes,
)
from contract.errors import SettingsError
from contract.topics import GATE_NAME

log = logging.getLogger(__name__)

_RENEWABLE: Final = 0.5
"""A certificate is renewed in the last half of its life; asked for earlier, it is not."""
_USED: Final = "the token was used before. If that was not you, unenrol the gate (`menshen-cloud unenrol`)"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """For one ledger and one authority. `now_ms`: the cloud's clock."""

    database: Database
    terms: Terms
    now_ms: Callable[[], int]

    def invite(self, gate: str, site: str, hours: float, by: str) -> tuple[Token, Authority, int]:
        """A token for a gate, who signs, and until when (ms) it is good. Makes the authority where there is none.

        Raises SettingsError for a name no gate can have, or an authority that cannot be read or made.
        """
        _check_name(gate)
        now_ms = self.now_ms()
        authority = load_or_make(self.terms.folder, now_ms)
        token = Token(secrets.token_bytes(SECRET_BYTES), authority.fingerprint)
        until_ms = now_ms + round(hours * 3_600_000)
        with self.database.writing() as connection:
            invite(connection, token.secret, gate, site, until_ms, now_ms)
            note(connection, by, "invite gate", gate, now_ms, f"site {site}")
            self._publish_revoked(connection, authority, now_ms)
        return token, authority, until_ms

    def authority(self) -> Authority:
        """Who signs. Raises SettingsError."""
        return Authority.load(self.terms.folder)

    def enrol(self, request: EnrolRequest, address: str) -> IdentityAnswer:
        """A certificate for whoever has the token. Raises EnrolmentRefusedError, SettingsError.

        Asked again with the same key, as after an answer that got lost, it gives the same one.
        """
        authority = self.authority()
        with self._told(request.gate, address):
            issued = self._paired(authority, request, key_of_csr(request.csr), address)
        return self._answer(authority, issued)

    def renew(self, request: RenewRequest, address: str) -> IdentityAnswer:
        """The next certificate, for whoever has the key of the current one. Raises EnrolmentRefusedError, SettingsError."""
        authority = self.authority()
        with self.database.reading() as connection:
            current = certificate_of_serial(connection, request.serial)
        said = renewal_bytes(request.challenge, request.serial, request.csr)
        if current is None or not has_signed(current.pem, bytes.fromhex(request.signature), said):
            raise EnrolmentRefusedError(Why.UNKNOWN, "this certificate was not given here, or its key is another")
        with self._told(current.gate, address):
            issued = self._renewed(authority, request, key_of_csr(request.csr), address)
        return self._answer(authority, issued)

    def send_away(self, gate: str, by: str, by_hand: bytes | None = None) -> int:
        """End a gate's certificates and invitations. Returns how many certificates were good until now.

        `by_hand` is one (PEM) of this authority that was not noted here. Raises SettingsError, also where it is none.
        """
        authority, now_ms = self.authority(), self.now_ms()
        unknown = None if by_hand is None else made_by_hand(by_hand, gate, authority, now_ms)
        with self.database.writing() as connection:
            if unknown is not None and certificate_of_serial(connection, unknown.serial) is None:
                keep_certificate(connection, unknown)
            ended = revoke(connection, gate, now_ms)
            note(connection, by, "unenrol gate", gate, now_ms, f"{ended} certificates")
            self._publish_revoked(connection, authority, now_ms)
        return ended

    def _paired(self, authority: Authority, request: EnrolRequest, key: ec.EllipticCurvePublicKey, address: str) -> Issued:
        now_ms, secret = self.now_ms(), bytes.fromhex(request.secret)
        with self.database.writing() as connection:
            invited = _good(invited_by(connection, secret), request.gate)
            given = self._given(connection, invited, key, now_ms)
            if given is not None:
                return given
            issued = self._issue(connection, authority, (request.gate, invited.site), key, now_ms)
            if not use_invitation(connection, secret, issued.serial, now_ms):
                raise EnrolmentRefusedError(Why.USED, _USED)
            with Feed(connection) as feed:
                place_gate(connection, feed, request.gate, invited.site)
            note(connection, request.gate, "pair gate", request.gate, now_ms, _words(issued, address))
        return issued

    def _renewed(self, authority: Authority, request: RenewRequest, key: ec.EllipticCurvePublicKey, address: str) -> Issued:
        now_ms = self.now_ms()
        if not authority.is_fresh(request.challenge, now_ms):
            raise EnrolmentRefusedError(Why.EXPIRED, "the challenge is older than a minute")
        with self.database.writing() as connection:
            current = _renewable(certificate_of_serial(connection, request.serial), now_ms)
            before = certificate_of_key(connection, sha256_of_key(key))
            if before is not None and (before.gate, before.revoked_ms) == (current.gate, None) and before != current:
                return before  # asked again: the answer got lost
            if current.ends_ms - now_ms > (current.ends_ms - current.issued_ms) * _RENEWABLE:
                raise EnrolmentRefusedError(Why.NOT_DUE, "the certificate is still good for more than half of its time")
            issued = self._issue(connection, authority, (current.gate, current.site), key, now_ms)
            note(connection, current.gate, "renew certificate", current.gate, now_ms, _words(issued, address))
        return issued

    def _given(self, connection: Connection, invited: Invited, key: ec.EllipticCurvePublicKey, now_ms: int) -> Issued | None:
        """What was given for this token before, to the same key. Raises EnrolmentRefusedError where nothing is given any more."""
        if invited.serial is None and now_ms < invited.expires_ms:
            return None
        if invited.serial is None:
            raise EnrolmentRefusedError(Why.EXPIRED, "the token has run out; make another one (`menshen-cloud enrol`)")
        given = certificate_of_serial(connection, invited.serial)
        if given is None or given.key_sha256 != sha256_of_key(key) or given.revoked_ms is not None:
            raise EnrolmentRefusedError(Why.USED, _USED)
        return given

    def _issue(
        self, connection: Connection, authority: Authority, whose: tuple[str, str], key: ec.EllipticCurvePublicKey, now_ms: int
    ) -> Issued:
        if certificate_of_key(connection, sha256_of_key(key)) is not None:
            raise EnrolmentRefusedError(Why.BAD_REQUEST, "this key has a certificate already; a gate makes a new one each time")
        made = authority.certify(whose[0], key, now_ms, self.terms.certificate_days)
        issued = Issued(
            serial=f"{made.serial_number:x}",
            gate=whose[0],
            site=whose[1],
            key_sha256=sha256_of_key(key),
            issued_ms=now_ms,
            ends_ms=round(made.not_valid_after_utc.timestamp() * 1000),
            pem=made.public_bytes(Encoding.PEM).decode("ascii"),
        )
        keep_certificate(connection, issued)
        return issued

    def _publish_revoked(self, connection: Connection, authority: Authority, now_ms: int) -> None:
        serials = [int(one.serial, 16) for one in revoked(connection, now_ms)]
        write_revocation_list(self.terms.folder, authority, serials, now_ms)

    @contextmanager
    def _told(self, gate: str, address: str) -> Iterator[None]:
        """A refusal inside goes into the audit where somebody has a real token or key; a guess does not: there may be many."""
        try:
            yield
        except EnrolmentRefusedError as refused:
            log.warning("%s refused from %s: %s", gate, address, refused.what)
            if refused.why not in (Why.UNKNOWN, Why.BAD_REQUEST):
                with self.database.writing() as connection:
                    note(connection, gate, "refuse gate", gate, self.now_ms(), f"{refused.what} (from {address})")
            raise

    def _answer(self, authority: Authority, issued: Issued) -> IdentityAnswer:
        return IdentityAnswer(
            gate=issued.gate,
            site=issued.site,
            certificate=issued.pem,
            authority=authority.pem,
            broker_host=self.terms.broker_host,
            broker_port=self.terms.broker_port,
            command_keys=self.terms.command_keys,
            badge_keys=self.terms.badge_keys,
        )


def _good(invited: Invited | None, gate: str) -> Invited:
    if invited is None:
        raise EnrolmentRefusedError(Why.UNKNOWN, "the token is not known here")
    if invited.gate != gate:
        what = f"the token is for gate {invited.gate}, and this one calls itself {gate}"
        raise EnrolmentRefusedError(Why.OTHER_GATE, what)
    return invited


def _renewable(current: Issued | None, now_ms: int) -> Issued:
    if current is None or current.revoked_ms is not None:
        raise EnrolmentRefusedError(Why.UNENROLLED, "this gate was unenrolled")
    if current.ends_ms <= now_ms:
        raise EnrolmentRefusedError(Why.EXPIRED, "the certificate has ended: the gate has to be paired again")
    return current


def _check_name(gate: str) -> None:
    if not GATE_NAME.fullmatch(gate) or gate == CLOUD_USER:
        remedy = (
            f"Use 1 to 63 of a-z, 0-9 and '-', beginning with a letter or digit; not {CLOUD_USER!r}, which is the cloud's own."
        )
        raise SettingsError(f"{gate!r} is no name for a gate", remedy=remedy)


def _words(issued: Issued, address: str) -> str:
    return f"certificate {issued.serial} from {address}"
