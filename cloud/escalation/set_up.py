"""The settings of escalation as steps and roads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cloud.escalation.mail import MailRoad
from cloud.escalation.mqtt import Line, MqttRoad
from cloud.escalation.post import Poster
from cloud.escalation.push import PushRoad
from cloud.escalation.road import Road
from cloud.escalation.webhook import WebhookRoad
from cloud.ledger.contacts import Channel
from cloud.ledger.escalation import REPORT, STAFF, Steps
from cloud.ledger.kinds import Priority
from cloud.settings import EscalationSettings, MailSettings
from cloud.store.database import Database
from contract.errors import SettingsError


def roads(settings: EscalationSettings, database: Database, line: Line, now_ms: Callable[[], int]) -> dict[Channel, Road]:
    """Every way to somebody that is set up. Raises SettingsError for a secret that cannot be read."""
    poster = Poster(settings.private_networks)
    found: dict[Channel, Road] = {
        Channel.MQTT: MqttRoad(line),
        Channel.WEBHOOK: WebhookRoad(database, poster, now_ms),
        Channel.PUSH: PushRoad(database, poster, now_ms, push_subject(settings)),
    }
    if settings.mail is not None:
        found[Channel.MAIL] = mail_road(settings.mail)
    return found


def steps_of(settings: EscalationSettings) -> Steps:
    """When which rung of contacts is told."""
    after = {Priority.HIGH: settings.high_s, Priority.MEDIUM: settings.medium_s, Priority.LOW: settings.low_s}
    after_ms = {int(priority): sorted(round(1000 * one) for one in times) for priority, times in after.items()}
    after_ms[REPORT] = sorted(round(1000 * one) for one in settings.report_s)
    after_ms[STAFF] = sorted(round(1000 * one) for one in settings.staff_s)
    return Steps(after_ms)


def mail_road(settings: MailSettings) -> MailRoad:
    """Raises SettingsError for a password that cannot be read."""
    file = settings.password_file
    return MailRoad(settings, None if file is None else _secret(file, "escalation.mail.password_file"))


def push_subject(settings: EscalationSettings) -> str | None:
    if settings.push_subject is not None or settings.mail is None:
        return settings.push_subject
    return f"mailto:{settings.mail.sender}"


def _secret(file: Path, where: str) -> str:
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise SettingsError(
            f"a secret cannot be read ({unreadable})", where=where, remedy="Name a file this user can read."
        ) from (unreadable)
    if not secret:
        raise SettingsError("a secret is empty", where=where, remedy="Put the secret in its first line.")
    return secret
