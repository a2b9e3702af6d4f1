"""A certificate that `make_certificates.sh` made of the same authority: nothing is known of it here until it has to be ended."""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from cloud.enrolment.authority import Authority
from cloud.enrolment.csr import sha256_of_key
from cloud.store.invitations import Issued
from contract.errors import SettingsError


def made_by_hand(pem: bytes, gate: str, authority: Authority, now_ms: int) -> Issued:
    """What is to be kept of it. Raises SettingsError where it is not this gate's, or of another authority."""
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        certificate.verify_directly_issued_by(authority.certificate)
    except (ValueError, TypeError, InvalidSignature) as wrong:
        raise SettingsError("this is no certificate of this cloud's authority") from wrong
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    key = certificate.public_key()
    if [name.value for name in names] != [gate] or not isinstance(key, ec.EllipticCurvePublicKey):
        raise SettingsError(f"this is no certificate of gate {gate}")
    return Issued(
        serial=f"{certificate.serial_number:x}",
        gate=gate,
        site="",
        key_sha256=sha256_of_key(key),
        issued_ms=now_ms,
        ends_ms=round(certificate.not_valid_after_utc.timestamp() * 1000),
        pem=certificate.public_bytes(Encoding.PEM).decode("ascii"),
    )
