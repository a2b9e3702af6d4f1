"""The reader's side, away from the gate: a key of one's own, and a recording in plain text because somebody asked for it."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final

from edge.app.recording.sealed import identity_of, new_identity, unseal
from edge.errors import RecordingError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_AGE: Final = b"age-encryption.org/v1\n"


def write_new_key(file: Path, made: datetime) -> str:
    """Make a key. The private half goes into `file`, which must not be there yet, readable by this user only.

    Returns the public half, the recipient. Raises RecordingError.
    """
    secret, recipient = new_identity()
    text = f"# made: {made:%Y-%m-%dT%H:%M:%SZ}\n# public key: {recipient}\n{secret}\n"
    with _new(file) as out:
        out.write(text.encode())
        out.flush()
        os.fsync(out.fileno())
    return recipient


def open_recording(sealed: Path, key: Path, out: Path) -> int:
    """Decrypt `sealed` with the private key in the file `key` into `out`, which must not be there yet. Returns its bytes.

    Readable by this user only; gone again when it could not be decrypted to the end. Raises RecordingError.
    """
    identity = identity_of(key)
    try:
        cipher = sealed.open("rb")
    except OSError as refused:
        raise RecordingError(f"cannot be opened ({refused.strerror})", where=str(sealed)) from refused
    with cipher:
        if cipher.read(len(_AGE)) != _AGE:
            raise RecordingError("is no recording", where=str(sealed), remedy="Give a file whose name ends in .cptv.age.")
        cipher.seek(0)
        with _new(out) as plain:
            try:
                unseal(cipher, plain, identity, str(sealed))
            except BaseException:
                _forget(out)
                raise
            return plain.tell()


def _new(path: Path) -> IO[bytes]:
    try:
        return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600), "wb")
    except FileExistsError:
        raise RecordingError(
            "is there already, and nothing is overwritten", where=str(path), remedy="Name another file."
        ) from None
    except OSError as refused:
        raise RecordingError(f"cannot be written ({refused.strerror})", where=str(path)) from refused


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
