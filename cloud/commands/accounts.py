"""What `menshen-cloud account ...` does."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from cloud.access.accounts import Accounts, Wish
from cloud.access.roles import Role
from cloud.api.accounts import NewAccount
from cloud.app.now import now_ms
from cloud.ledger.sites import ROOT
from cloud.settings import load_cloud
from cloud.store.accounts import ADMINISTRATOR, Account, User, accounts_below
from cloud.store.migrate import open_database
from contract.errors import SettingsError


def list_accounts(settings_file: Path) -> None:
    """Every account on a line of its own. Raises SettingsError, LedgerError."""
    with _accounts(settings_file) as accounts, accounts.database.reading() as connection:
        for one in accounts_below(connection, ROOT):
            typer.echo(f"{one.user:<24} {one.role:<14} {one.site or '(every site)':<32} {_state(one)}".rstrip())


def add_account(settings_file: Path, user: str, role: Role, site: str) -> None:
    """Raises SettingsError, LedgerError, AccountRefusedError."""
    wish = _checked(user, role, site)
    with _accounts(settings_file) as accounts:
        _, password = accounts.add(_here(), wish.user, wish.role, wish.site)
    _say_password(user, password)


def change_account(settings_file: Path, user: str, role: Role | None, site: str | None, *, disabled: bool | None = None) -> None:
    """Raises SettingsError, LedgerError, UnknownAccountError, AccountRefusedError."""
    checked = None if site is None else _checked(user, Role.GUARD, site).site
    with _accounts(settings_file) as accounts:
        after = accounts.change(_here(), user, Wish(role, checked, disabled))
    typer.echo(f"{user}: {after.role} of {after.site or 'every site'}{', disabled' if after.disabled_ms is not None else ''}.")


def reset_password(settings_file: Path, user: str) -> None:
    """Raises SettingsError, LedgerError, UnknownAccountError, AccountRefusedError."""
    with _accounts(settings_file) as accounts:
        _say_password(user, accounts.reset(_here(), user))


def _say_password(user: str, password: str) -> None:
    typer.echo(f"{user} signs in with {password} once, within a week, and chooses another password then.")


@contextmanager
def _accounts(settings_file: Path) -> Iterator[Accounts]:
    database = open_database(load_cloud(settings_file).ledger.url)
    try:
        yield Accounts(database, now_ms)
    finally:
        database.close()


def _here() -> User:
    """Who sits at this machine; no account of the cloud's."""
    return User(f"{getpass.getuser()} (terminal)", ADMINISTRATOR)


def _checked(user: str, role: Role, site: str) -> NewAccount:
    try:
        return NewAccount(user=user, role=role, site=site)
    except ValueError as wrong:
        remedy = "A name is of letters, digits, '_', '.' and '-'; a site is such names with '/' between them."
        raise SettingsError(f"{user!r} or {site!r} cannot be", remedy=remedy) from wrong


def _state(one: Account) -> str:
    if one.disabled_ms is not None:
        return "disabled"
    return "has not signed in yet" if one.must_change else ""
