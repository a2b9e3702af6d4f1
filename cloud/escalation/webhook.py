"""Notices by HTTP, signed: `X-Menshen-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

from cloud.escalation.post import Poster, shown, taken
from cloud.escalation.road import NotDeliveredError
from cloud.escalation.words import as_json
from cloud.store.database import Database
from cloud.store.notices import ToSend
from cloud.store.webhooks import Webhook, note_delivery, note_failure, webhook_named


class WebhookRoad:
    """The address is a webhook's name; how it went is kept with it."""

    def __init__(self, database: Database, poster: Poster, now_ms: Callable[[], int]) -> None:
        self._database, self._poster, self._now_ms = database, poster, now_ms

    def deliver(self, one: ToSend, address: str, since: str) -> str:
        """The status it was taken with. Raises NotDeliveredError."""
        with self._database.reading() as connection:
            hook = webhook_named(connection, address)
        if hook is None or hook.disabled_ms is not None:
            raise NotDeliveredError(f"the webhook {address} is {'gone' if hook is None else 'disabled'}", for_good=True)
        try:
            answer = self._posted(hook, as_json(one, since).encode(), one.name)
        except NotDeliveredError as trouble:
            with self._database.writing() as connection:
                note_failure(connection, hook.name, self._now_ms(), trouble.what)
            raise
        with self._database.writing() as connection:
            note_delivery(connection, hook.name, self._now_ms(), answer)
        return answer

    def _posted(self, hook: Webhook, body: bytes, name: str) -> str:
        signature = sign(hook.secret.encode(), self._now_ms() // 1000, body)
        headers = {"Content-Type": "application/json", "Idempotency-Key": name, "X-Menshen-Signature": signature}
        return taken(self._poster.post(hook.url, body, headers), shown(hook.url))


def sign(secret: bytes, at_s: int, body: bytes) -> str:
    """The header that tells the other side that this comes from us, and when."""
    mac = hmac.new(secret, f"{at_s}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at_s},v1={mac}"
