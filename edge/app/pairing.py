"""Pairing this gate with a cloud, in one step that leaves everything as it was where it fails: for the command and the wizard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import hashes

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
from edge.pairing.judging import authority_of, is_meant, judged

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
    now = clock.wall()
    _check_clock(now, None)
    found = fetch_authority(address)
    pem = found.authority
    if not is_meant(authority_of(pem, address), invitation.fingerprint):
        raise PairingError(
            "this is not the cloud that made the token, or somebody stands between; nothing was told to it",
            where=address,
            remedy="Check the address and the token (`menshen-cloud enrol` prints both).",
        )
    _check_clock(now, found.now)
    fresh = Identity.fresh()
    answer = Cloud(address, pem, now).enrol(invitation.secret, config.gate, fresh)
    identity = judged(answer, fresh, config.gate, authority_of(pem, address), now)
    return _kept(draft, config, (answer, identity, address, pem), clock, by)


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


def _kept(draft: Draft, config: GateConfig, got: tuple[IdentityAnswer, Identity, str, str], clock: Clock, by: str) -> Paired:
    answer, identity, address, pem = got
    certificate = identity.certificate
    if certificate is None:
        raise PairingError("the cloud gave no certificate", where=address)
    folder = config.uplink.database.expanduser().resolve().parent
    name = f"{config.gate}.{certificate.serial_number:040x}"[: len(config.gate) + 9]
    own, authority = folder / f"{name}.pem", folder / f"{name}.ca.crt"
    with _or_none(own, authority):
        identity.write(own)
        write_private(authority, pem.encode())
        broker = BrokerConfig(
            host=answer.broker_host,
            port=answer.broker_port,
            ca_file=authority,
            cert_file=own,
            key_file=own,
            certificate_warn_days=config.uplink.broker.certificate_warn_days,
        )
        away = _away(broker, config.gate)
        _write_into(draft, broker, answer, address)
        changed = tuple(draft.differences())
        keep(draft, by, clock.wall())
    sha256 = authority_of(pem, address).fingerprint(hashes.SHA256()).hex(":").upper()
    where, ends = f"{broker.host}:{broker.port}", certificate.not_valid_after_utc
    return Paired(config.gate, answer.site, where, ends, sha256, (own, authority), changed, away)


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


def _write_into(draft: Draft, broker: BrokerConfig, answer: IdentityAnswer, address: str) -> None:
    for key in ("host", "port", "ca_file", "cert_file", "key_file"):
        draft.set(f"uplink.broker.{key}", getattr(broker, key))
    draft.unset("uplink.broker.password_file")
    draft.set("uplink.renewal.url", address)
    if answer.command_keys:
        draft.set("uplink.command_keys", list(answer.command_keys))
    else:
        draft.unset("uplink.command_keys")
    if answer.badge_keys:
        draft.set("qr.keys", list(answer.badge_keys))
        draft.set("qr.site", answer.site)
