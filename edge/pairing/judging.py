"""Whether what the cloud answered is what was asked for, before any of it is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from contract.enrolment import fingerprint_of
from edge.errors import PairingError

if TYPE_CHECKING:
    from datetime import datetime

    from contract.enrolment import IdentityAnswer
    from edge.pairing.identity import Identity

_ASK = "Ask whoever keeps the cloud."


def certificate_of(pem: str, where: str) -> x509.Certificate:
    """Raises PairingError for what is none."""
    try:
        return x509.load_pem_x509_certificate(pem.encode())
    except ValueError as wrong:
        raise PairingError("what the cloud sent is no certificate", where=where, remedy=_ASK) from wrong


def is_meant(authority: x509.Certificate, fingerprint: bytes) -> bool:
    """Whether this is the authority of whoever made the token."""
    return fingerprint_of(authority.public_bytes(Encoding.DER)) == fingerprint


def judged(answer: IdentityAnswer, asked: Identity, gate: str, authority: x509.Certificate, now: datetime) -> x509.Certificate:
    """The certificate. Raises PairingError where that is of another key, name or authority, or not good now."""
    certificate = certificate_of(answer.certificate, "certificate")
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    if certificate.public_key() != asked.key.public_key() or [name.value for name in names] != [gate]:
        raise PairingError("the cloud's answer is for another gate or another key", remedy=_ASK)
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature) as wrong:
        raise PairingError("the cloud's answer is signed by another authority", remedy=_ASK) from wrong
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begins <= now <= ends:
        raise PairingError(
            f"the certificate is good from {begins:%Y-%m-%d %H:%M} to {ends:%Y-%m-%d %H:%M} UTC, and this gate's clock says "
            f"{now:%Y-%m-%d %H:%M}",
            where="clock",
            remedy="Set the time of the gate, or of the cloud; then pair with a new token.",
        )
    return certificate
