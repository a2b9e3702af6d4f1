"""Signing in and out. A session is a random token; the ledger keeps its hash."""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass, field
from typing import Final

from cloud.access.attempts import Attempts
from cloud.access.passwords import NOBODY, is_right
from cloud.store.accounts import ADMINISTRATOR, LOCAL, Account, User, account_of, note
from cloud.store.database import Database
from cloud.store.sessions import Session, close_session, open_session, session_of, session_used

ONE_ADDRESS: Final = 50
"""Failures from one address over all users, in a quarter of an hour: a house full of guards behind one address mistypes less."""
USED_STEP_MS: Final = 60_000
"""When a session was used last is written down this often at most."""
ONE_TIME_MS: Final = 7 * 24 * 3_600_000
"""A password that is good once is good for so long."""


class WrongPasswordError(Exception):
    """User or password is wrong; which one is not told."""


class LockedOutError(Exception):
    """Too many failures. `wait_s`: seconds until the next try counts."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sign-in for one ledger. `session_ms`: how long a session lasts; `idle_ms`: an administrator's unused one."""

    database: Database
    attempts: Attempts
    session_ms: int
    idle_ms: int = 15 * 60_000
    of_address: Attempts = field(default_factory=lambda: Attempts(ONE_ADDRESS))

    def sign_in(self, user: str, password: str, address: str, now_ms: int) -> tuple[User, str]:
        """The user and a new token. Raises WrongPasswordError, LockedOutError."""
        self._may_try(user, address, now_ms)
        with self.database.reading() as connection:
            known = account_of(connection, user)
        right = is_right(password, known.password_hash if known is not None and known.source == LOCAL else NOBODY)
        if known is None or not right or not _may_enter(known, now_ms):
            self._refuse(known, user, address, now_ms)
            raise WrongPasswordError
        self.attempts.succeeded((user, address))
        return self.enter(known, address, now_ms)

    def enter(self, known: Account, address: str, now_ms: int) -> tuple[User, str]:
        """A session for somebody whose name is certain. Returns the user and the new token."""
        entering, token = User(known.user, known.role, known.site, known.must_change, address), secrets.token_urlsafe(32)
        with self.database.writing() as connection:
            open_session(connection, known.user, token, now_ms + self.session_ms, now_ms, address)
            note(connection, entering, "sign in", "", now_ms)
        return entering, token

    def user_of(self, token: str | None, now_ms: int, address: str = "") -> User | None:
        """Who has this token, or None. Looking does not count as using it."""
        found = self._found(token, now_ms)
        return None if found is None else User(found.user, found.role, found.site, found.must_change, address)

    def used_by(self, token: str | None, now_ms: int, address: str = "") -> User | None:
        """Who does something with this token, or None."""
        found = self._found(token, now_ms)
        if found is None:
            return None
        if now_ms - found.used_ms > USED_STEP_MS:
            with self.database.writing() as connection:
                session_used(connection, token or "", now_ms)
        return User(found.user, found.role, found.site, found.must_change, address)

    def sign_out(self, token: str, user: User, now_ms: int) -> None:
        with self.database.writing() as connection:
            close_session(connection, token)
            note(connection, user, "sign out", "", now_ms)

    def _found(self, token: str | None, now_ms: int) -> Session | None:
        if not token:
            return None
        with self.database.reading() as connection:
            found = session_of(connection, token, now_ms)
        idle = found is not None and found.role == ADMINISTRATOR and now_ms - found.used_ms > self.idle_ms
        return None if idle else found

    def _may_try(self, user: str, address: str, now_ms: int) -> None:
        wait_ms = max(self.attempts.wait_ms((user, address), now_ms), self.of_address.wait_ms(("", address), now_ms))
        if wait_ms:
            raise LockedOutError(math.ceil(wait_ms / 1000))

    def _refuse(self, known: Account | None, user: str, address: str, now_ms: int) -> None:
        """What was typed as a name is written down where it is one: it may be a password that slipped."""
        self.attempts.count((user, address), now_ms)
        self.of_address.count(("", address), now_ms)
        failing = User("" if known is None else known.user, "", address=address)
        with self.database.writing() as connection:
            note(connection, failing, "sign-in failed", "", now_ms)


def _may_enter(known: Account, now_ms: int) -> bool:
    if known.source != LOCAL or known.disabled_ms is not None:
        return False
    return not known.must_change or now_ms - known.changed_ms < ONE_TIME_MS
