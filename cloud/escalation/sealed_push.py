"""What a push service carries and cannot read (RFC 8291 over RFC 8188), and who sends it (VAPID, RFC 8292). Pure.

No library: the one that is kept up sends by itself, past the guard of our own network (`post`).
"""

from __future__ import annotations

import base64
import json
import os
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

RECORD_SIZE: Final = 4096
MOST_BYTES: Final = 3_992
"""Of a message: one record of 4096 bytes with its header of 86, its end and its tag."""
LASTS_S: Final = 12 * 3600
"""A signature of ours; RFC 8292 allows a day."""


def new_key() -> str:
    """A P-256 key as PEM."""
    made = ec.generate_private_key(ec.SECP256R1())
    forms = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return made.private_bytes(*forms).decode()


def loaded(pem: str) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half, 65 bytes."""
    forms = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return key.public_key().public_bytes(*forms)


def sealed(text: bytes, p256dh: bytes, auth: bytes, ours: ec.EllipticCurvePrivateKey | None = None, salt: bytes = b"") -> bytes:
    """The body for a browser with this key (65 bytes) and secret (16 bytes); key and salt are new ones unless given.

    Raises ValueError for a key that is no point of the curve, or a text of more than MOST_BYTES.
    """
    if len(text) > MOST_BYTES:
        raise ValueError(f"a push carries at most {MOST_BYTES} bytes, not {len(text)}")
    ours, salt = ours or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    shared = ours.exchange(ec.ECDH(), theirs)
    secret = _hkdf(auth, shared, b"WebPush: info\0" + p256dh + point_of(ours), 32)
    key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
    header = salt + RECORD_SIZE.to_bytes(4) + bytes([65]) + point_of(ours)
    return header + AESGCM(key).encrypt(nonce, text + b"\x02", None)


def vapid(key: ec.EllipticCurvePrivateKey, endpoint: str, subject: str | None, now_s: int) -> str:
    """The `Authorization` header for a push service; `subject`: whom it may write to (a mailto or https address)."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": now_s + LASTS_S} | ({} if subject is None else {"sub": subject})
    said = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    r, s = decode_dss_signature(key.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    return f"vapid t={said}.{encoded(r.to_bytes(32) + s.to_bytes(32))}, k={encoded(point_of(key))}"


def encoded(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Raises ValueError."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _json(value: object) -> str:
    return encoded(json.dumps(value, separators=(",", ":")).encode())


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
