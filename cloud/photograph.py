"""A photograph from a telephone, made into one that may be kept: small, upright, without what the telephone wrote into it."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from contract.errors import MenshenError

MOST_PIXELS: Final = 25_000_000
"""More is decoded by nobody: a few bytes may claim to be a gigabyte."""
LONGEST_PX: Final = 1280
_QUALITY: Final = 75


class PhotographError(MenshenError, ValueError):
    """These bytes are no photograph that can be kept."""


def kept(raw: bytes) -> bytes:
    """A JPEG of at most LONGEST_PX a side, turned upright, without place, time and maker. Raises PhotographError."""
    try:
        upright = _upright(raw)
    except Image.DecompressionBombError as huge:
        raise PhotographError("its pixels are too many") from huge
    except (OSError, SyntaxError, KeyError) as broken:  # what Pillow raises on broken files
        raise PhotographError("it is no JPEG picture, or broken") from broken
    upright.thumbnail((LONGEST_PX, LONGEST_PX))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)  # the pixels alone
    out = BytesIO()
    clean.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _upright(raw: bytes) -> Image.Image:
    with Image.open(BytesIO(raw), formats=("JPEG",)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise PhotographError(f"{opened.width} x {opened.height} pixels are too many")
        opened.draft("RGB", (LONGEST_PX, LONGEST_PX))
        return ImageOps.exif_transpose(opened).convert("RGB")
