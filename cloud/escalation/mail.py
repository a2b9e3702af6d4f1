"""Notices by e-mail."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from cloud.escalation.road import NotDeliveredError
from cloud.escalation.words import letter, subject_line
from cloud.settings import MailSettings
from cloud.store.notices import ToSend

PATIENCE_S: Final = 15.0
_FOR_GOOD: Final = 500


class MailRoad:
    """One connection a notice: they are few, and a server that was restarted is no trouble."""

    def __init__(self, settings: MailSettings, password: str | None) -> None:
        self._settings, self._password = settings, password

    def deliver(self, one: ToSend, address: str, since: str) -> str:
        """What the server said when it took the letter. Raises NotDeliveredError."""
        with self._speaking() as server:
            server.ehlo_or_helo_if_needed()
            server.mail(self._settings.sender)
            self._taken(server.rcpt(address))
            return self._taken(server.data(self._letter(one, address, since).as_bytes()))

    def reach(self) -> str:
        """Connect, encrypt and sign in, and send nothing; what the server said. Raises NotDeliveredError."""
        with self._speaking() as server:
            return self._taken(server.noop())

    @contextmanager
    def _speaking(self) -> Iterator[smtplib.SMTP]:
        try:
            with self._connected() as server:
                yield server
        except smtplib.SMTPResponseException as refused:
            raise NotDeliveredError(_said(refused.smtp_code, refused.smtp_error)) from refused
        except (smtplib.SMTPException, OSError) as away:
            raise NotDeliveredError(f"the mail server does not answer ({away})") from away

    def _letter(self, one: ToSend, address: str, since: str) -> EmailMessage:
        made = EmailMessage()
        made["From"], made["To"], made["Subject"] = self._settings.sender, address, subject_line(one)
        made["Message-ID"] = f"<{one.name}@{self._settings.sender.partition('@')[2]}>"
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(letter(one, since), cte="quoted-printable")
        return made

    def _connected(self) -> smtplib.SMTP:
        host, port, tls = self._settings.host, self._settings.port, self._settings.tls
        trusted = _context(self._settings.ca_file) if tls != "none" else None
        if tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE_S, context=trusted)
        else:
            server = smtplib.SMTP(host, port, timeout=PATIENCE_S)
        if tls == "starttls":
            server.starttls(context=trusted)
        if self._settings.user is not None and self._password is not None and tls != "none":
            server.login(self._settings.user, self._password)
        return server

    @staticmethod
    def _taken(answer: tuple[int, bytes]) -> str:
        code, text = answer
        if code // 100 != 2:  # noqa: PLR2004  RFC 5321: 2yz is done
            raise NotDeliveredError(_said(code, text), for_good=code >= _FOR_GOOD)
        return _said(code, text)


def _context(ca_file: Path | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=None if ca_file is None else str(ca_file))


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}"[:200]
