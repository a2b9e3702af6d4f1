"""What a camera's refusal means, and what to do about it."""

from __future__ import annotations

import re
from typing import Final

from edge.errors import SourceError

_UNAUTHORIZED: Final = 401
_REMEDIES: Final = {
    400: ("the camera does not know this request", "Use a model with thermometry of the whole picture."),
    403: ("the camera does not allow it", "Give the user the right to see this channel; check that thermometry is licensed."),
    404: ("the camera does not know this request", "Use a model with thermometry; check thermal.channel (usually 2)."),
    503: ("the camera is busy", "End other programs that ask it for temperatures."),
}
_LICENCE: Final = ("the camera has no thermometry of the whole picture", "Switch thermometry on, or license it, in its settings.")
_NOT_SUPPORTED: Final = re.compile(rb"notSupport|notActivated|licen[sc]e", re.IGNORECASE)
_SUB_STATUS: Final = re.compile(rb"subStatusCode[\"\s:>]+([\w ]+)")


class PasswordRefusedError(SourceError):
    """A camera does not accept the user or password. It locks the account after some tries, so it is asked seldom."""


def refusal(status: int, body: bytes, where: str, *, digest_known: bool) -> SourceError:
    """The error behind an answer that is none. `body` may hold the ResponseStatus of ISAPI, as XML or JSON."""
    if status == _UNAUTHORIZED and digest_known:
        what = "the camera does not accept this user and password"
        remedy = (
            "Correct thermal.user or the password file. After some wrong tries the camera locks the account for half an hour."
        )
        return PasswordRefusedError(what, where=where, remedy=remedy)
    if status == _UNAUTHORIZED:
        remedy = "Set its web authentication to digest (System, Security)."
        return SourceError("the camera offers no digest authentication (MD5 or SHA-256)", where=where, remedy=remedy)
    what, remedy = _REMEDIES.get(status, (f"the camera answers with status {status}", "Look at the camera's own page."))
    if _NOT_SUPPORTED.search(body):
        what, remedy = _LICENCE
    said = _SUB_STATUS.search(body)
    code = f"{status}, {said[1].decode()}" if said else str(status)
    return SourceError(f"{what} ({code})", where=where, remedy=remedy)
