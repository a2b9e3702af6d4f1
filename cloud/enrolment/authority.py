"""The fleet's certificate authority: the files of `firmware_configs/mosquitto/make_certificates.sh`, or made alike at first use.

`ca.crt` is what the broker trusts, `ca.key` signs. Whoever has `ca.key` can be any gate and the cloud towards the broker.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from cloud.enrolment.private_file import make_private_folder, replace_file, write_new
from contract.enrolment import fingerprint_of
from contract.errors import SettingsError

CERTIFICATE: Final = "ca.crt"
KEY: Final = "ca.key"
REVOKED: Final = "crl.pem"
CHALLENGE_MS: Final = 60_000
_LASTS: Final = timedelta(days=3650)
_EARLIER: Final = timedelta(hours=1)
"""The broker's clock may be so much behind the cloud's."""
_MAKE: Final = "Run `menshen-cloud enrol cloud.toml GATE` once, which makes it, or `make_certificates.sh FOLDER ca`."


@dataclass(frozen=True, slots=True)
class Authority:
    """Signs with one key. Times are handed in."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The authority of a folder. Raises SettingsError."""
        try:
            certificate = x509.load_pem_x509_certificate((folder / CERTIFICATE).read_bytes())
            key = load_pem_private_key((folder / KEY).read_bytes(), None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as unreadable:
            raise SettingsError(
                f"the authority that signs gates' certificates cannot be read ({unreadable})", where=_where(folder), remedy=_MAKE
            ) from unreadable
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
            raise SettingsError(f"{KEY} is not the elliptic-curve key of {CERTIFICATE}", where=_where(folder))
        return cls(certificate, key)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode("ascii")

    @property
    def fingerprint(self) -> bytes:
        """What a token says of it."""
        return fingerprint_of(self.certificate.public_bytes(Encoding.DER))

    @property
    def sha256(self) -> str:
        """The fingerprint as people compare it."""
        return self.certificate.fingerprint(hashes.SHA256()).hex(":").upper()

    def certify(self, gate: str, key: ec.EllipticCurvePublicKey, now_ms: int, days: int) -> x509.Certificate:
        """A certificate to come in at the broker as `gate`, and for nothing else."""
        now = _moment(now_ms)
        ends = min(now + timedelta(days=days), self.certificate.not_valid_after_utc)
        return (
            x509.CertificateBuilder()
            .subject_name(_named(gate))
            .issuer_name(self.certificate.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _EARLIER)
            .not_valid_after(ends)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )

    def revocation_list(self, serials: list[int], now_ms: int) -> bytes:
        """The list as PEM. It lasts as long as the authority: a broker lets nobody in whose list has run out."""
        now = _moment(now_ms)
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(now - _EARLIER)
            .next_update(self.certificate.not_valid_after_utc)
            .add_extension(x509.CRLNumber(now_ms), critical=False)
        )
        for serial in serials:
            made = made.add_revoked_certificate(
                x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(now).build()
            )
        return made.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def challenge(self, now_ms: int) -> str:
        """Something fresh to sign: the moment, and that it was said here. Nothing has to be remembered of it."""
        return f"{now_ms}.{self._said(str(now_ms))}"

    def is_fresh(self, challenge: str, now_ms: int) -> bool:
        """Whether it was said here within the last minute."""
        at_ms, _, said = challenge.partition(".")
        if not (at_ms.isascii() and at_ms.isdecimal() and hmac.compare_digest(said.encode(), self._said(at_ms).encode())):
            return False
        return 0 <= now_ms - int(at_ms) <= CHALLENGE_MS

    def _said(self, at_ms: str) -> str:
        secret = self.key.private_numbers().private_value.to_bytes(66, "big")
        key = hashlib.sha256(b"menshen challenge 1\n" + secret).digest()
        return hmac.digest(key, at_ms.encode(), "sha256").hex()


def make_authority(folder: Path, now_ms: int) -> Authority:
    """A new authority in a folder that only this user may enter. Raises SettingsError; nothing that is there is overwritten."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = _named("Menshen site authority"), _moment(now_ms)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + _LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    made = Authority(certificate, key)
    try:
        make_private_folder(folder)
        write_new(folder / KEY, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        write_new(folder / CERTIFICATE, certificate.public_bytes(Encoding.PEM))
    except OSError as refused:
        raise _closed(folder, refused) from refused
    write_revocation_list(folder, made, [], now_ms)
    return made


def load_or_make(folder: Path, now_ms: int) -> Authority:
    """The authority of a folder; where there is none at all, a new one. Raises SettingsError."""
    if (folder / KEY).exists() or (folder / CERTIFICATE).exists():
        return Authority.load(folder)
    return make_authority(folder, now_ms)


def write_revocation_list(folder: Path, authority: Authority, serials: list[int], now_ms: int) -> None:
    """Replace `crl.pem`, whole. Raises SettingsError."""
    try:
        replace_file(folder / REVOKED, authority.revocation_list(serials, now_ms))
    except OSError as refused:
        raise _closed(folder, refused) from refused


def _closed(folder: Path, refused: OSError) -> SettingsError:
    return SettingsError(
        f"the authority's files cannot be written ({refused.strerror})",
        where=_where(folder),
        remedy="Say this as the user who runs the cloud, and name a folder it may write to.",
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _moment(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms // 1000, UTC)


def _where(folder: Path) -> str:
    return f"enrol.folder = {str(folder)!r}"
