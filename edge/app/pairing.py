"""Pairing this gate with a cloud, in one step that leaves everything as it was where it fails: for the command and the wizard."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from contract.enrolment import IdentityAnswer, Token, read_pairing_code
from contract.errors import MessageError
from edge.clock import Clock, clock_ok
from edge.config.draft import Difference, Draft
from edge.config.history import keep
from edge.config.tree import BrokerConfig, GateConfig
from edge.errors import BrokerAwayError, BrokerError, PairingError
from edge.mqtt import probe_broker
from edge.pairing.cloud import Cloud, checked_address, fetch_authority
from edge.pairing.identity import Identity, write_private
from edge.pairing.judging import certificate_of, is_meant, judged

BROKER_WITHIN_S: Final = 5.0
CLOCKS_APART: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Paired:
    """What came of it.

    Attributes:
        broker: host and port.
        ends: when the certificate ends; the gate renews it long before.
        authority_sha256: of the fleet's authority, as people compare it.
        files: that were made: key with certificate, and the authority.
        changed: what the settings say otherwise now. A running gate takes them when it is told so, or at its next start.
        away: why the broker has not been reached yet; None where it has let the gate in.
    """

    gate: str
    site: str
    broker: str
    ends: datetime
    authority_sha256: str
    files: tuple[Path, ...]
    changed: tuple[Difference, ...]
    away: str | None


def pair(settings: Path, url: str | None, token: str, clock: Clock, by: str = "pair") -> Paired:
    """Trade a token of `menshen-cloud enrol` for an identity, and write it into the settings.

    `url` may be left out where the token is a whole pairing code, `URL#TOKEN`, as the QR code holds it; `by` says who does it,
    for the settings' history. Takes as long as cloud and broker do, 90 s at the most. Raises PairingError, SettingsError, and
    BrokerError where the broker refuses what the cloud gave; then settings and files are as they were, and only the token may
    be used up.
    """
    draft = Draft.of(settings)
    config = draft.checked()
    address, invitation = _told(url, token)
    _check_places(draft.path, _folder(config))
    return _kept(draft, config, _dealt(address, invitation, config.gate, clock.wall()), clock, by)


@dataclass(frozen=True, slots=True)
class _Deal:
    """What the cloud at `address` gave; `authority` is its own certificate."""

    address: str
    authority: x509.Certificate
    answer: IdentityAnswer
    identity: Identity
    certificate: x509.Certificate


def _dealt(address: str, invitation: Token, gate: str, now: datetime) -> _Deal:
    """Know the cloud, then trade the token. Raises PairingError."""
    _check_clock(now, None)
    found = fetch_authority(address)
    authority = certificate_of(found.authority, address)
    if not is_meant(authority, invitation.fingerprint):
        raise PairingError(
            "this is not the cloud that made the token, or somebody stands between; nothing was told to it",
            where=address,
            remedy="Check the address and the token (`menshen-cloud enrol` prints both).",
        )
    _check_clock(now, found.now)
    fresh = Identity.fresh()
    answer = Cloud(address, found.authority, now).enrol(invitation.secret, gate, fresh)
    certificate = judged(answer, fresh, gate, authority, now)
    return _Deal(address, authority, answer, Identity(fresh.key, certificate), certificate)


def _told(url: str | None, token: str) -> tuple[str, Token]:
    """Address and token, checked as far as that goes without asking anybody. Raises PairingError."""
    try:
        within, invitation = read_pairing_code(token)
    except MessageError as wrong:
        raise PairingError(wrong.what, where="token", remedy="Copy it again, or make another one.") from wrong
    address = url or within
    if address is None:
        raise PairingError(
            "the cloud's address is missing", where="url", remedy="`menshen-cloud enrol` prints it with the token."
        )
    return checked_address(address).geturl().rstrip("/"), invitation


def _check_clock(now: datetime, told: datetime | None) -> None:
    """With a clock that is wrong no certificate is good. `told`: the cloud's. Raises PairingError."""
    if clock_ok(now) and (told is None or abs(now - told) <= CLOCKS_APART):
        return
    than = "" if told is None else f" and the cloud's {told:%Y-%m-%d %H:%M}"
    raise PairingError(
        f"this gate's clock says {now:%Y-%m-%d %H:%M}{than} (UTC): no certificate is good with a wrong clock",
        where="clock",
        remedy="Set the time (`timedatectl`), then pair again; the token is still good.",
    )


def _folder(config: GateConfig) -> Path:
    """Where key, certificate and authority go: beside the events."""
    return config.uplink.database.expanduser().resolve().parent


def _check_places(*places: Path) -> None:
    """Before a token is used up for nothing. Raises PairingError where this user may not write."""
    for place in places:
        if not os.access(place, os.W_OK):
            remedy = "Let the user who runs the gate write there, and say this as that user or as root."
            raise PairingError("this user may not write there", where=str(place), remedy=remedy)


def _kept(draft: Draft, config: GateConfig, deal: _Deal, clock: Clock, by: str) -> Paired:
    """Files first, then the settings that name them; where anything fails, neither."""
    broker = _login(config, deal)
    files = _files(broker)
    with _or_none(*files):
        deal.identity.write(files[0])
        write_private(files[1], deal.authority.public_bytes(Encoding.PEM))
        away = _away(broker, config.gate)
        _write_into(draft, broker, deal)
        changed = tuple(draft.differences())
        keep(draft, by, clock.wall())
    sha256 = deal.authority.fingerprint(hashes.SHA256()).hex(":").upper()
    where, ends = f"{broker.host}:{broker.port}", deal.certificate.not_valid_after_utc
    return Paired(config.gate, deal.answer.site, where, ends, sha256, files, changed, away)


def _login(config: GateConfig, deal: _Deal) -> BrokerConfig:
    name = f"{config.gate}.{f'{deal.certificate.serial_number:040x}'[:8]}"
    own = _folder(config) / f"{name}.pem"
    return BrokerConfig(
        host=deal.answer.broker_host,
        port=deal.answer.broker_port,
        ca_file=own.with_name(f"{name}.ca.crt"),
        cert_file=own,
        key_file=own,
        certificate_warn_days=config.uplink.broker.certificate_warn_days,
    )


def _files(broker: BrokerConfig) -> tuple[Path, Path]:
    assert broker.cert_file is not None
    assert broker.ca_file is not None
    return broker.cert_file, broker.ca_file


@contextmanager
def _or_none(*files: Path) -> Iterator[None]:
    """What was written goes again where the block fails."""
    try:
        yield
    except BaseException:
        for file in files:
            file.unlink(missing_ok=True)
        raise


def _away(broker: BrokerConfig, gate: str) -> str | None:
    """Why the broker does not answer now, which is no obstacle. Raises BrokerError where it refuses the gate."""
    try:
        probe_broker(broker, gate, BROKER_WITHIN_S)
    except BrokerAwayError as away:
        return away.what
    except BrokerError as refused:
        remedy = "Let it trust the cloud's ca.crt and read its crl.pem and acl; then pair with a new token."
        raise BrokerError(f"paired, but {refused.what}; nothing was changed", where=refused.where, remedy=remedy) from refused
    return None


def _write_into(draft: Draft, broker: BrokerConfig, deal: _Deal) -> None:
    answer = deal.answer
    for key in ("host", "port", "ca_file", "cert_file", "key_file"):
        draft.set(f"uplink.broker.{key}", getattr(broker, key))
    draft.unset("uplink.broker.password_file")
    draft.set("uplink.renewal.url", deal.address)
    if answer.command_keys:
        draft.set("uplink.command_keys", list(answer.command_keys))
    else:
        draft.unset("uplink.command_keys")  # one of another cloud
    if answer.badge_keys:
        draft.set("qr.keys", list(answer.badge_keys))
        draft.set("qr.site", answer.site)
