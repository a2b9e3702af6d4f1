"""A cloud that signs, and QR codes as a camera sees them."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field

import cv2
import numpy as np
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from numpy.typing import NDArray

from contract.tokens import Token, TokenKind, signed_bytes, to_text

SITE = "south-hall"
NOW_S = 1_795_000_000


@dataclass
class Signer:
    """Half a cloud: the key, and what it signs."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def public(self) -> str:
        return b64encode(self.key.public_key().public_bytes_raw()).decode()

    def badge(self, holder: str = "s-17", site: str = SITE, issued_s: int = NOW_S, lasts_s: int = 60) -> str:
        return self._text(Token(TokenKind.BADGE, holder, site, issued_s, issued_s + lasts_s))

    def visitor_pass(self, number: str = "p-1", site: str = SITE, issued_s: int = NOW_S, lasts_s: int = 3600) -> str:
        return self._text(Token(TokenKind.PASS, number, site, issued_s, issued_s + lasts_s))

    def _text(self, token: Token) -> str:
        return to_text(token, self.key.sign(signed_bytes(token)))


def phone(text: str, side_px: int = 200, turned_deg: float = 0.0, blur_px: float = 0.0) -> NDArray[np.uint8]:
    """A hall of 640x480 with a bright phone in it that shows the code."""
    modules = np.array([list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=4)], np.uint8)
    code = cv2.resize(np.where(modules > 0, 20, 235).astype(np.uint8), (side_px, side_px), interpolation=cv2.INTER_AREA)
    hall = np.full((480, 640), 90, np.uint8)
    turn = cv2.getRotationMatrix2D((side_px / 2, side_px / 2), turned_deg, 1.0)
    turn[:, 2] += np.array([320 - side_px / 2, 240 - side_px / 2])
    cv2.warpAffine(code, turn, (640, 480), dst=hall, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)
    seen = cv2.GaussianBlur(hall, (0, 0), blur_px) if blur_px else hall
    noisy = seen + np.random.default_rng(1).normal(0, 4, seen.shape)
    return np.asarray(cv2.cvtColor(np.clip(noisy, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR), np.uint8)
