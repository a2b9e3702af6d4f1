"""Encryption with age (https://age-encryption.org/v1) to one recipient: whoever writes cannot read what was written.

The only file that knows the library, pyrage, the Python face of rage. It is an extra: a gate that never records has none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from edge.errors import RecordingError

if TYPE_CHECKING:
    from pathlib import Path

_WRONG_KEY = "Give the private key that belongs to the recipient it was recorded for; the note beside it names that one."
_NO_RECIPIENT = "Give what `menshen-edge record --new-key FILE` printed: age1 and 58 more letters and digits."


class Readable(Protocol):
    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; empty at the end."""


class Writable(Protocol):
    def write(self, data: bytes, /) -> int:
        """How many bytes were taken."""

    def flush(self) -> None: ...


def recipient_of(text: str, where: str) -> Any:
    """The public key that `text` is. Raises RecordingError."""
    x25519 = _age().x25519
    if text.startswith("AGE-SECRET-KEY"):
        remedy = "Take it off this gate and give its public half. If others have seen it, make a new one."
        raise RecordingError("that is a private key, which can read every recording", where=where, remedy=remedy)
    try:
        return x25519.Recipient.from_str(text)
    except _age().RecipientError as wrong:
        raise RecordingError(f"{text!r} is no public key ({wrong})", where=where, remedy=_NO_RECIPIENT) from wrong


def identity_of(file: Path) -> Any:
    """The private key of a file as --new-key and age-keygen write it. Raises RecordingError."""
    age = _age()
    try:
        lines = file.read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise RecordingError(f"the key cannot be read ({unreadable})", where=str(file)) from unreadable
    secret = next((line for line in lines if line.startswith("AGE-SECRET-KEY-1")), "")
    try:
        return age.x25519.Identity.from_str(secret)
    except age.IdentityError:
        raise RecordingError(
            "holds no private key of age", where=str(file), remedy="Give the file that `menshen-edge record --new-key` wrote."
        ) from None


def new_identity() -> tuple[str, str]:
    """A new key: private and public half."""
    identity = _age().x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def seal(plain: Readable, cipher: Writable, recipient: Any) -> None:
    """Encrypt all that `plain` gives into `cipher`, 64 KiB at once; what is less waits in memory.

    What `plain` or `cipher` raises is told by the library in its own words; whoever hands them in keeps the error. Raises
    RecordingError.
    """
    age = _age()
    try:
        age.encrypt_io(plain, cipher, [recipient])
    except (age.EncryptError, OSError) as broken:
        raise RecordingError(f"the recording could not be written ({broken})") from broken


def unseal(cipher: Readable, plain: Writable, identity: Any, where: str) -> None:
    """Decrypt `cipher` into `plain`. Raises RecordingError: another key, no age file, cut off or changed."""
    age = _age()
    try:
        age.decrypt_io(cipher, plain, [identity])
    except age.DecryptError as refused:
        raise RecordingError(f"this key does not open it ({refused})", where=where, remedy=_WRONG_KEY) from refused
    except OSError as broken:
        raise RecordingError(f"it is cut off or was changed, or cannot be read or written ({broken})", where=where) from broken


def _age() -> Any:
    try:
        import pyrage
    except ImportError:
        remedy = "Install it: pip install --require-hashes -r locks/record.txt, or pip install 'menshen[record]'."
        raise RecordingError("recordings are encrypted with pyrage, which is not installed", remedy=remedy) from None
    return pyrage
