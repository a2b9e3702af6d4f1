"""Takes the cloud's list of badges and passes that are good no more, where it is signed, for this site, and newer."""

from __future__ import annotations

import logging
from base64 import b64decode
from binascii import Error as NoBase64Error
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from contract.errors import MessageError
from contract.messages.down import WithdrawnData
from contract.messages.envelope import read_data
from contract.withdrawn import signed_bytes
from edge.withdrawn import Withdrawn, read_withdrawn, write_withdrawn

log = logging.getLogger(__name__)


class Withdrawal:
    """For one site, with the keys of this gate's settings."""

    def __init__(self, site: str, keys: tuple[str, ...], file: Path) -> None:
        self._site, self._file = site, file
        self._known = read_withdrawn(file, keys)

    def take(self, body: bytes) -> bool:
        """Whether it was news. Raises MessageError for a list not to be believed; a full disk keeps the old one."""
        if not body:  # nothing is retained any more: what was told still holds
            return False
        said = read_data(WithdrawnData, body)
        if said.site != self._site:
            raise MessageError(f"a list of withdrawn passes for {said.site}, and this gate is of {self._site}")
        if not any(_signed(key, said) for key in self._known.keys):
            raise MessageError("a list of withdrawn passes that is not signed with a key this gate knows")
        if said.issued_ms <= self._known.issued_ms:
            return False
        fresh = Withdrawn(self._known.anchors, said.keys, said.issued_ms, frozenset(said.numbers))
        try:
            write_withdrawn(self._file, fresh)
        except OSError as full:
            log.warning("the list of withdrawn passes cannot be kept: %s", full)
            return False
        self._known = fresh
        log.info("%d badges and passes are good no more", len(fresh.numbers))
        return True


def _signed(key: str, said: WithdrawnData) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(b64decode(key)).verify(b64decode(said.signature, validate=True), signed_bytes(said))
    except (InvalidSignature, NoBase64Error, ValueError):
        return False
    return True
