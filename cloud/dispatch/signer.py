"""The cloud's key for commands: made once, kept in a file of its own, changed by letting the gates know two for a while."""

from __future__ import annotations

import os
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from contract.commands import LONGEST_S, Verb, signed_bytes
from contract.errors import SettingsError
from contract.messages.orders import CommandData


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs commands with one private key."""

    key: Ed25519PrivateKey

    @classmethod
    def load(cls, path: Path) -> Self:
        """The key of a PEM file. Raises SettingsError."""
        return cls(load_key(path, "command.key_file", "Make one with `menshen-cloud command-key cloud.toml`."))

    @property
    def public(self) -> str:
        """What a gate has to know: the public key in base64."""
        return public_of(self.key)

    def command(
        self, gate: str, verb: Verb, arguments: Mapping[str, str], *, issuer: str, role: str, now: datetime
    ) -> CommandData:
        """A signed command for one gate, issued `now`, with an id of its own."""
        unsigned = CommandData(
            id=f"c-{secrets.token_hex(8)}",
            verb=verb.value,
            issuer=issuer,
            role=role,
            issued=now,
            expires=now + timedelta(seconds=LONGEST_S),
            arguments=dict(arguments),
            signature="",
        )
        signature = b64encode(self.key.sign(signed_bytes(gate, unsigned))).decode()
        return unsigned.model_copy(update={"signature": signature})


def public_of(key: Ed25519PrivateKey) -> str:
    """The public key in base64, as gates have to know it."""
    return b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def load_key(path: Path, setting: str, remedy: str) -> Ed25519PrivateKey:
    """The key of a PEM file that `setting` names. Raises SettingsError."""
    where = f"{setting} = {str(path)!r}"
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as unreadable:
        raise SettingsError(f"the key cannot be read ({unreadable})", where=where, remedy=remedy) from unreadable
    if not isinstance(key, Ed25519PrivateKey):
        raise SettingsError("this is no Ed25519 key", where=where)
    return key


def make_key(path: Path) -> Ed25519PrivateKey:
    """A new key in a file that only this user may read. Raises SettingsError; a file that is there is never overwritten."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(pem)
    except OSError as unusable:
        raise SettingsError(f"the key cannot be written ({unusable})", where=str(path), remedy="Name another file.") from unusable
    return key
