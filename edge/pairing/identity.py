"""A gate's key and certificate, in one PEM file for this user only; the key is made here and never leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

from edge.config.durable import replace
from edge.errors import PairingError

if TYPE_CHECKING:
    from pathlib import Path

_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Identity:
    """`certificate` is None as long as the cloud has not answered."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate | None = None

    @classmethod
    def fresh(cls) -> Self:
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def read(cls, file: Path) -> Self:
        """Raises PairingError for a file that holds none."""
        try:
            pem = file.read_bytes()
            key = load_pem_private_key(pem, None)
            certificate = x509.load_pem_x509_certificate(pem) if b"BEGIN CERTIFICATE" in pem else None
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as unreadable:
            raise PairingError(f"key and certificate cannot be read ({unreadable})", where=str(file)) from unreadable
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise PairingError("the key is of no elliptic curve", where=str(file))
        return cls(key, certificate)

    def write(self, file: Path) -> None:
        """Whole, and on the disk. It belongs to whom its folder belongs to. Raises PairingError."""
        pem = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        if self.certificate is not None:
            pem += self.certificate.public_bytes(Encoding.PEM)
        write_private(file, pem)

    def csr(self, gate: str) -> str:
        """What the cloud is asked to sign (PEM). Only the key in it counts there."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, gate)])
        made = x509.CertificateSigningRequestBuilder().subject_name(name).sign(self.key, hashes.SHA256())
        return made.public_bytes(Encoding.PEM).decode("ascii")

    def sign(self, said: bytes) -> str:
        """ECDSA with SHA-256, DER in hexadecimal."""
        return self.key.sign(said, ec.ECDSA(hashes.SHA256())).hex()


def write_private(file: Path, content: bytes) -> None:
    """Put a file there that only the owner of its folder can read. Raises PairingError."""
    try:
        replace(file, content, like=file.parent, mode=_PRIVATE)
    except OSError as refused:
        raise PairingError(
            f"key and certificate cannot be written ({refused.strerror})",
            where=str(file),
            remedy="They lie beside uplink.database: let the user who runs the gate write there.",
        ) from refused
