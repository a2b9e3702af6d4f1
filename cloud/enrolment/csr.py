"""What of a certificate request counts: its key, and that whoever made it has that key. Its names and wishes do not."""

from __future__ import annotations

import hashlib

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cloud.enrolment.refusal import EnrolmentRefusedError, Why


def key_of_csr(pem: str) -> ec.EllipticCurvePublicKey:
    """The P-256 key of a request. Raises EnrolmentRefusedError."""
    try:
        csr = x509.load_pem_x509_csr(pem.encode())
        key = csr.public_key()
        owned = csr.is_signature_valid
    except (ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature) as wrong:
        raise _refusal("the certificate request cannot be read") from wrong
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise _refusal("the certificate request's key is not one of the curve P-256")
    if not owned:
        raise _refusal("the certificate request is not signed with its own key")
    return key


def _refusal(what: str) -> EnrolmentRefusedError:
    return EnrolmentRefusedError(Why.BAD_REQUEST, what)


def sha256_of_key(key: ec.EllipticCurvePublicKey) -> str:
    """A key's name: SHA-256 of its SubjectPublicKeyInfo."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def has_signed(certificate: str, signature: bytes, said: bytes) -> bool:
    """Whether the key of this certificate (PEM) has signed what was said: ECDSA with SHA-256."""
    key = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, said, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
