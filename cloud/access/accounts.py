"""Accounts: made, changed, disabled, given a password; the administrator's at the first start, or from the machine itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from cloud.access.passwords import WeakPasswordError, hash_password, is_right, one_time_password
from cloud.access.roles import Role
from cloud.ledger.accounts import NAME
from cloud.ledger.sites import ROOT, is_within
from cloud.refusals import Code, RefusedError
from cloud.settings import AccessSettings
from cloud.store.accounts import ADMINISTRATOR, LOCAL, OIDC, Account, User, account_of, note, other_administrators, save_account
from cloud.store.database import Database
from cloud.store.sessions import close_sessions_of
from contract.errors import SettingsError


class UnknownAccountError(RefusedError):
    """There is no such account, or not where this administrator may look."""


class AccountRefusedError(RefusedError):
    """What an account cannot become, or who may not have it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be changed of an account; None: nothing."""

    role: Role | None = None
    site: str | None = None
    disabled: bool | None = None


@dataclass(frozen=True, slots=True)
class Accounts:
    """Every change ends the account's sessions; `ended` is told its name, so that its live streams end too."""

    database: Database
    now_ms: Callable[[], int]
    ended: Callable[[str], None] = lambda _user: None

    def add(self, by: User, user: str, role: Role, site: str) -> tuple[Account, str]:
        """A new account, and its password that is good once. Raises AccountRefusedError."""
        password = one_time_password()
        made = Account(user, role, site, hash_password(password), self.now_ms(), must_change=True)
        with self.database.writing() as connection:
            if account_of(connection, user) is not None:
                raise AccountRefusedError(Code.NAME_TAKEN, name=user)
            _check_reach(by, site)
            save_account(connection, made)
            note(connection, by, "account added", user, self.now_ms(), _words(made))
        return made, password

    def change(self, by: User, user: str, wish: Wish) -> Account:
        """The account as it is then. Raises UnknownAccountError, AccountRefusedError."""
        with self.database.writing() as connection:
            before = _in_reach(connection, by, user)
            after = self._wished(before, wish)
            _check_reach(by, after.site)
            _check_last(connection, before, after)
            self._save(connection, by, "account changed", after, _words(after))
        self.ended(user)
        return after

    def reset(self, by: User, user: str) -> str:
        """A new password that is good once. Raises UnknownAccountError, AccountRefusedError."""
        password = one_time_password()
        password_hash = hash_password(password)
        with self.database.writing() as connection:
            before = _in_reach(connection, by, user)
            if before.source != LOCAL:
                raise AccountRefusedError(Code.PASSWORD_ELSEWHERE, user=user)
            after = replace(before, password_hash=password_hash, must_change=True, changed_ms=self.now_ms())
            self._save(connection, by, "password reset", after, "")
        self.ended(user)
        return password

    def set_own(self, by: User, old: str, new: str) -> bool:
        """Whether the old password was right; then the new one holds. Raises WeakPasswordError for one that will not do."""
        with self.database.reading() as connection:
            known = account_of(connection, by.user)
        if known is None or known.source != LOCAL or not is_right(old, known.password_hash):
            return False
        if new == old:
            raise WeakPasswordError(Code.PASSWORD_SAME)
        after = replace(known, password_hash=hash_password(new, by.user), must_change=False, changed_ms=self.now_ms())
        with self.database.writing() as connection:
            self._save(connection, by, "password changed", after, "")
        self.ended(by.user)
        return True

    def vouched(self, user: str, role: Role, site: str) -> Account:
        """The account of somebody a provider vouches for, with the role that follows from what it says now.

        Raises AccountRefusedError where the name belongs to an account of this cloud's own, or the account is disabled.
        """
        if not re.fullmatch(NAME, user):
            raise AccountRefusedError(Code.PROVIDER_NAME)
        with self.database.writing() as connection:
            before = account_of(connection, user)
            if before is not None and (before.source == LOCAL or before.disabled_ms is not None):
                why = Code.ACCOUNT_IS_LOCAL if before.disabled_ms is None else Code.ACCOUNT_DISABLED
                raise AccountRefusedError(why, user=user)
            known = Account(user, role.value, site, "", self.now_ms(), OIDC)
            if before is not None and (before.role, before.site) == (known.role, known.site):
                return before
            save_account(connection, known)
            close_sessions_of(connection, user)
            note(connection, "oidc", "account vouched for", user, self.now_ms(), _words(known))
        self.ended(user)
        return known

    def _wished(self, before: Account, wish: Wish) -> Account:
        disabled_ms = before.disabled_ms
        if wish.disabled is not None:
            disabled_ms = (disabled_ms or self.now_ms()) if wish.disabled else None
        role = before.role if wish.role is None else wish.role.value
        return replace(before, role=role, site=before.site if wish.site is None else wish.site, disabled_ms=disabled_ms)

    def _save(self, connection: Connection, by: User, action: str, after: Account, detail: str) -> None:
        save_account(connection, after)
        close_sessions_of(connection, after.user)
        note(connection, by, action, after.user, self.now_ms(), detail)


def ensure_administrator(database: Database, access: AccessSettings, now_ms: int) -> None:
    """Make the account where there is none yet. Raises SettingsError where nobody could ever sign in."""
    with database.reading() as connection:
        if account_of(connection, access.admin) is not None:
            return
    change_password(database, access.admin, _initial_password(access), now_ms)


def change_password(database: Database, user: str, password: str, now_ms: int) -> None:
    """Make `user` the administrator of everything, with this password. Raises SettingsError for one that will not do."""
    rescued = Account(user, ADMINISTRATOR, ROOT, hash_password(password, user), now_ms)
    with database.writing() as connection:
        save_account(connection, rescued)
        close_sessions_of(connection, user)
        note(connection, user, "password", user, now_ms)


def _in_reach(connection: Connection, by: User, user: str) -> Account:
    known = account_of(connection, user)
    if known is None or not is_within(known.site, by.site):
        raise UnknownAccountError(Code.NO_ACCOUNT, user=user)
    return known


def _check_reach(by: User, site: str) -> None:
    if not is_within(site, by.site):
        raise AccountRefusedError(Code.BEYOND_REACH, site=by.site)


def _check_last(connection: Connection, before: Account, after: Account) -> None:
    able = after.role == ADMINISTRATOR and after.site == ROOT and after.disabled_ms is None
    if before.role == ADMINISTRATOR and before.site == ROOT and not able and not other_administrators(connection, before.user):
        raise AccountRefusedError(Code.LAST_ADMINISTRATOR)


def _words(account: Account) -> str:
    return f"{account.role} at {account.site or 'every site'}{', disabled' if account.disabled_ms is not None else ''}"


def _initial_password(access: AccessSettings) -> str:
    remedy = "Run `menshen-cloud password cloud.toml`, or name a file in access.initial_password_file."
    if access.initial_password_file is None:
        raise SettingsError(f"the account {access.admin!r} has no password yet", where="access.admin", remedy=remedy)
    try:
        return access.initial_password_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        where = f"access.initial_password_file = {str(access.initial_password_file)!r}"
        raise SettingsError(f"the password cannot be read ({unreadable})", where=where, remedy=remedy) from unreadable
