"""Notices to somebody's devices by web push (RFC 8030): urgent, encrypted, and without anything personal."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from cloud.escalation.post import Poster, shown, taken
from cloud.escalation.road import NotDeliveredError
from cloud.escalation.sealed_push import decoded, encoded, loaded, new_key, point_of, sealed, vapid
from cloud.store.accounts import note
from cloud.store.database import Database
from cloud.store.notices import ToSend, note_receipt_token
from cloud.store.push import Device, devices_of, key_kept, note_accepted, remove_device
from cloud.store.sessions import sha256_of

TTL_S: Final = 3600
"""For so long the push service keeps it for a device that is away; the next step has told somebody else by then."""
GONE: Final = (404, 410)
KEY_NAME: Final = "vapid"


@dataclass
class PushRoad:
    """The address is an account's name. `subject`: whom a push service may write to about us."""

    database: Database
    poster: Poster
    now_ms: Callable[[], int]
    subject: str | None = None

    @cached_property
    def _key(self) -> EllipticCurvePrivateKey:
        with self.database.writing() as connection:
            return loaded(key_kept(connection, KEY_NAME, new_key))

    @property
    def public_key(self) -> str:
        """What a browser subscribes with."""
        return encoded(point_of(self._key))

    def deliver(self, one: ToSend, address: str, since: str) -> str:  # noqa: ARG002  devices count by their own clock
        """How many devices it was accepted for. Raises NotDeliveredError where none."""
        with self.database.reading() as connection:
            devices = devices_of(connection, address)
        if not devices:
            raise NotDeliveredError(f"no device of {address} takes web pushes", for_good=True)
        token = secrets.token_urlsafe(32)
        if one.numbers:
            with self.database.writing() as connection:
                note_receipt_token(connection, one.numbers, sha256_of(token))
        return self._to_all(devices, payload(one, self.now_ms(), token if one.numbers else ""), _topic(one.about.subject))

    def _to_all(self, devices: Sequence[Device], text: bytes, topic: str) -> str:
        answers, troubles = [], []
        for device in devices:
            try:
                answers.append(self._to_one(device, text, topic))
            except NotDeliveredError as trouble:
                troubles.append(trouble)
        if not answers:
            what = troubles[-1].what + (f" ({len(troubles)} devices)" if len(troubles) > 1 else "")
            raise NotDeliveredError(what, for_good=all(one.for_good for one in troubles))
        return f"{answers[-1]}, {len(answers)} of {len(devices)} devices"

    def _to_one(self, device: Device, text: bytes, topic: str) -> str:
        where = shown(device.endpoint).rpartition("/")[0]
        headers = {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(TTL_S),
            "Urgency": "high",
            "Topic": topic,
            "Authorization": vapid(self._key, device.endpoint, self.subject, self.now_ms() // 1000),
        }
        body = sealed(text, decoded(device.p256dh), decoded(device.auth))
        status = self.poster.post(device.endpoint, body, headers)
        with self.database.writing() as connection:
            if status in GONE:
                remove_device(connection, device.number)
                note(
                    connection,
                    "escalation",
                    "push device gone",
                    device.user,
                    self.now_ms(),
                    f"its push service answered {status}",
                )
            elif status // 100 == 2:  # noqa: PLR2004
                note_accepted(connection, device.number, self.now_ms())
        if status in GONE:
            raise NotDeliveredError(
                f"the device takes no pushes any more ({status}), and was removed", where=where, for_good=True
            )
        return taken(status, where)


def payload(one: ToSend, now_ms: int, token: str) -> bytes:
    """Where, what, how urgent and how old; nothing that was measured, and nobody's visit."""
    said = {
        "tag": one.about.subject,
        "kind": one.about.kind,
        "site": one.about.site,
        "gate": one.about.gate,
        "priority": one.about.priority,
        "age_s": max(0, now_ms - one.about.since_ms) // 1000,
        "more": len(one.more),
        "receipt": token,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _topic(subject: str) -> str:
    """A newer notice about the same replaces the one a sleeping device has not seen yet (RFC 8030 section 5.4)."""
    return encoded(hashlib.sha256(subject.encode()).digest())[:32]
