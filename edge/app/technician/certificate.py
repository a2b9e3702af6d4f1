"""The page's certificate: made on the gate, signed by itself, told to the technician by its fingerprint."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from edge.config import GateConfig
from edge.errors import ReportError

_LASTS: Final = timedelta(days=397)
"""Browsers refuse to be talked into longer ones."""
_EARLIER: Final = timedelta(days=1)


def certificate_of(config: GateConfig) -> Path:
    """Where a gate keeps its page's key and certificate: beside its database."""
    return config.uplink.database.resolve().with_name(f"{config.gate}.technician.pem")


def fingerprint(file: Path) -> str:
    """SHA-256 of the certificate in a PEM file, as browsers show it."""
    digest = x509.load_pem_x509_certificate(file.read_bytes()).fingerprint(hashes.SHA256())
    return digest.hex(":").upper()


def usable(file: Path, names: Sequence[str], now: datetime) -> bool:
    """Whether this file holds a certificate for these names that is good now: then its key is kept, and phones know it."""
    try:
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
        told = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return False
    good = certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
    return good and list(told) == _alternatives(names)


def make(file: Path, names: Sequence[str], now: datetime) -> None:
    """Write key and certificate, readable by this user only. Raises ReportError where that cannot be."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + _LASTS)
        .add_extension(x509.SubjectAlternativeName(_alternatives(names)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _write(file, private + certificate.public_bytes(serialization.Encoding.PEM))


def _write(file: Path, text: bytes) -> None:
    try:
        file.unlink(missing_ok=True)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(text)
    except OSError as refused:
        raise ReportError(
            f"the page's certificate cannot be written ({refused.strerror})",
            where=str(file),
            remedy="It lies beside uplink.database: let the user who runs the gate write there.",
        ) from refused


def _alternatives(names: Sequence[str]) -> list[x509.GeneralName]:
    return [_alternative(name) for name in names]


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
