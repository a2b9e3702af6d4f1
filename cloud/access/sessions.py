"""Signing in and out. A session is a random token; the ledger keeps its hash."""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass

from cloud.access.attempts import Attempts
from cloud.access.passwords import NOBODY, is_right
from cloud.store.accounts import User, close_session, note, open_session, password_hash_of, user_of
from cloud.store.database import Database


class WrongPasswordError(Exception):
    """User or password is wrong; which one is not told."""


class LockedOutError(Exception):
    """Too many failures. `wait_s`: seconds until the next try counts."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sign-in for one ledger. `session_ms`: how long a session lasts."""

    database: Database
    attempts: Attempts
    session_ms: int

    def sign_in(self, user: str, password: str, address: str, now_ms: int) -> tuple[User, str]:
        """The user and a new token. Raises WrongPasswordError, LockedOutError."""
        key = (user, address)
        if wait_ms := self.attempts.wait_ms(key, now_ms):
            raise LockedOutError(math.ceil(wait_ms / 1000))
        with self.database.reading() as connection:
            known = password_hash_of(connection, user)
        password_hash, role = known or (NOBODY, "")
        if not is_right(password, password_hash) or known is None:
            self.attempts.failed(key, now_ms)
            raise WrongPasswordError
        self.attempts.succeeded(key)
        token = secrets.token_urlsafe(32)
        with self.database.writing() as connection:
            open_session(connection, user, token, now_ms + self.session_ms, now_ms)
            note(connection, user, "sign in", address, now_ms)
        return User(user, role), token

    def user_of(self, token: str | None, now_ms: int) -> User | None:
        """Who has this token, or None."""
        if not token:
            return None
        with self.database.reading() as connection:
            return user_of(connection, token, now_ms)

    def sign_out(self, token: str, user: User, now_ms: int) -> None:
        with self.database.writing() as connection:
            close_session(connection, token)
            note(connection, user.user, "sign out", "", now_ms)
