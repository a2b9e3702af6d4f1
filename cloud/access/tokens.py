"""Tokens with which programs ask: named, with a role and a site, until a day; shown once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cloud.access.accounts import AccountRefusedError, UnknownAccountError
from cloud.access.roles import Role
from cloud.access.sessions import USED_STEP_MS
from cloud.ledger.sites import is_within
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.database import Database
from cloud.store.tokens import ApiToken, keep_token, revoke_token, token_named, token_numbered, token_of, token_used

MARK: Final = "menshen_"
"""What a token begins with, so that it is found where it does not belong."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """`ended` is told the name under which the token acts, so that its live streams end."""

    database: Database
    now_ms: Callable[[], int]
    ended: Callable[[str], None] = lambda _user: None

    def add(self, by: User, name: str, role: Role, site: str, days: int) -> tuple[ApiToken, str]:
        """What is kept, and the token, which nobody can show again. Raises AccountRefusedError."""
        token, now_ms = MARK + secrets.token_urlsafe(32), self.now_ms()
        if not is_within(site, by.site):
            raise AccountRefusedError(Code.BEYOND_REACH, site=by.site)
        with self.database.writing() as connection:
            if token_named(connection, name) is not None:
                raise AccountRefusedError(Code.NAME_TAKEN, name=name)
            keep_token(connection, token, name, role.value, site, (by.user, now_ms), now_ms + days * 86_400_000)
            note(connection, by, "token added", name, now_ms, f"{role.value} at {site or 'every site'}, {days} days")
            kept = token_named(connection, name)
        assert kept is not None
        return kept, token

    def revoke(self, by: User, number: int) -> None:
        """It is worth nothing from now on. Raises UnknownAccountError."""
        with self.database.writing() as connection:
            known = token_numbered(connection, number)
            if known is None or not is_within(known.site, by.site):
                raise UnknownAccountError(Code.NO_TOKEN, number=number)
            revoke_token(connection, number, self.now_ms())
            note(connection, by, "token revoked", known.name, self.now_ms())
        self.ended(acting(known.name))

    def used_by(self, token: str, address: str) -> User | None:
        """For whom this token speaks, or None. When it was used last is written down once a minute."""
        now_ms = self.now_ms()
        with self.database.reading() as connection:
            found = token_of(connection, token, now_ms)
        if found is None:
            return None
        if found.used_ms is None or now_ms - found.used_ms > USED_STEP_MS:
            with self.database.writing() as connection:
                token_used(connection, found.number, now_ms)
        return User(acting(found.name), found.role, found.site, address=address, program=True)


def acting(name: str) -> str:
    """The name under which a token acts; no account can have it."""
    return f"token:{name}"
