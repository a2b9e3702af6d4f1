"""Invitations of gates, and the certificates they were given. Of a token its SHA-256 is kept."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from cloud.store.tables import gate_certificate, invitation


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as it is kept. `serial`: of the certificate that was given for it, None while it is not used."""

    gate: str
    site: str
    expires_ms: int
    used_ms: int | None
    serial: str | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate of a gate. `key_sha256` is of its public key (SubjectPublicKeyInfo), `serial` in hexadecimal."""

    serial: str
    gate: str
    site: str
    key_sha256: str
    issued_ms: int
    ends_ms: int
    pem: str
    revoked_ms: int | None = None


def invite(connection: Connection, secret: bytes, gate: str, site: str, expires_ms: int, now_ms: int) -> None:
    """Keep a new invitation. Others of this gate that nobody has used are void from now on; what has run out is forgotten."""
    void = or_((invitation.c.gate == gate) & invitation.c.used_ms.is_(None), invitation.c.expires_ms <= now_ms)
    connection.execute(delete(invitation).where(void))
    connection.execute(insert(invitation).values(token_sha256=_sha256(secret), gate=gate, site=site, expires_ms=expires_ms))


def invited_by(connection: Connection, secret: bytes) -> Invited | None:
    """What this token was made for; None for one that is not known. Locked until the transaction ends."""
    columns = (invitation.c.gate, invitation.c.site, invitation.c.expires_ms, invitation.c.used_ms, invitation.c.serial)
    question = select(*columns).where(invitation.c.token_sha256 == _sha256(secret)).with_for_update()
    row = connection.execute(question).one_or_none()
    return None if row is None else Invited(*row)


def use_invitation(connection: Connection, secret: bytes, serial: str, now_ms: int) -> bool:
    """Whether it was still to be had: of two at the same time one gets it."""
    free = (invitation.c.token_sha256 == _sha256(secret)) & invitation.c.used_ms.is_(None)
    return connection.execute(update(invitation).where(free).values(used_ms=now_ms, serial=serial)).rowcount == 1


def keep_certificate(connection: Connection, issued: Issued) -> None:
    connection.execute(insert(gate_certificate).values(asdict(issued)))


def certificate_of_serial(connection: Connection, serial: str) -> Issued | None:
    return _certificate(connection, gate_certificate.c.serial == serial)


def certificate_of_key(connection: Connection, key_sha256: str) -> Issued | None:
    return _certificate(connection, gate_certificate.c.key_sha256 == key_sha256)


def revoke(connection: Connection, gate: str, now_ms: int) -> int:
    """End every certificate and invitation of a gate. Returns how many certificates that would still have been good."""
    connection.execute(delete(invitation).where(invitation.c.gate == gate))
    good = (gate_certificate.c.gate == gate) & gate_certificate.c.revoked_ms.is_(None) & (gate_certificate.c.ends_ms > now_ms)
    return connection.execute(update(gate_certificate).where(good).values(revoked_ms=now_ms)).rowcount


def revoked(connection: Connection, now_ms: int) -> list[Issued]:
    """Certificates that were ended before their time, and whose time is not over, in the order of their serials."""
    ended = gate_certificate.c.revoked_ms.is_not(None) & (gate_certificate.c.ends_ms > now_ms)
    rows = connection.execute(select(gate_certificate).where(ended).order_by(gate_certificate.c.serial)).mappings()
    return [Issued(**row) for row in rows]


def _certificate(connection: Connection, which: ColumnElement[bool]) -> Issued | None:
    row = connection.execute(select(gate_certificate).where(which)).mappings().one_or_none()
    return None if row is None else Issued(**row)


def _sha256(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()
