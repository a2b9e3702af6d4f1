"""The parts of a multipart body, as these cameras send them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_END_OF_HEAD: Final = b"\r\n\r\n"
_LONGEST_BOUNDARY: Final = 72


@dataclass(frozen=True, slots=True)
class Part:
    """One of them. `kind` is its Content-Type in small letters, empty where it has none."""

    kind: str
    data: bytes


def parts_of(body: bytes) -> list[Part]:
    """By the boundary that the body begins with. A part's Content-Length counts: temperatures may look like a boundary.

    Raises ValueError where the body begins with none, is cut, or a length leads elsewhere than to the next boundary.
    """
    boundary, _, _ = body.lstrip(b"\r\n").partition(b"\r\n")
    if not boundary.startswith(b"--") or boundary == b"--" or len(boundary) > _LONGEST_BOUNDARY:
        raise ValueError("the answer has no parts")
    parts, at = [], body.index(boundary) + len(boundary)
    while not body.startswith(b"--", at):
        if not body.startswith(b"\r\n", at):
            raise ValueError("a boundary has no line of its own")
        part, at = _part(body, at + 2, boundary)
        parts.append(part)
    return parts


def _part(body: bytes, at: int, boundary: bytes) -> tuple[Part, int]:
    """The part that begins at `at`, and where the boundary after it ends."""
    head_end = body.find(_END_OF_HEAD, at - 2)
    if head_end < 0:
        raise ValueError("a part has no end of its head")
    headers = _headers(body[at:head_end])
    start = head_end + len(_END_OF_HEAD)
    told = headers.get("content-length", "")
    if told and not told.isdecimal():
        raise ValueError(f"a part's length is {told!r}")
    end = start + int(told) if told else _next(body, boundary, start)
    after = body.find(boundary, end, end + len(boundary) + 4)
    if after < 0 or body[end:after].strip(b"\r\n"):
        raise ValueError(f"no boundary after a part of {end - start} bytes: the answer is cut, or its lengths are wrong")
    return Part(headers.get("content-type", "").lower(), body[start:end]), after + len(boundary)


def _next(body: bytes, boundary: bytes, start: int) -> int:
    end = body.find(b"\r\n" + boundary, start)
    if end < 0:
        raise ValueError("the last part has no end: the answer is cut")
    return end


def _headers(head: bytes) -> dict[str, str]:
    lines = head.decode("latin-1").split("\r\n")
    return {key.strip().lower(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
