"""The administrator's account: made at the first start, changed by `menshen-cloud password`."""

from __future__ import annotations

from cloud.access.passwords import hash_password
from cloud.settings import AccessSettings
from cloud.store.accounts import ADMINISTRATOR, note, password_hash_of, set_password
from cloud.store.database import Database
from contract.errors import SettingsError


def ensure_administrator(database: Database, access: AccessSettings, now_ms: int) -> None:
    """Make the account where there is none yet. Raises SettingsError where nobody could ever sign in."""
    with database.reading() as connection:
        if password_hash_of(connection, access.admin) is not None:
            return
    change_password(database, access.admin, _initial_password(access), now_ms)


def change_password(database: Database, user: str, password: str, now_ms: int) -> None:
    """Set an administrator's password. Raises SettingsError for one that will not do."""
    password_hash = hash_password(password)
    with database.writing() as connection:
        set_password(connection, user, ADMINISTRATOR, password_hash, now_ms)
        note(connection, user, "password", user, now_ms)


def _initial_password(access: AccessSettings) -> str:
    remedy = "Run `menshen-cloud password cloud.toml`, or name a file in access.initial_password_file."
    if access.initial_password_file is None:
        raise SettingsError(f"the account {access.admin!r} has no password yet", where="access.admin", remedy=remedy)
    try:
        return access.initial_password_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        where = f"access.initial_password_file = {str(access.initial_password_file)!r}"
        raise SettingsError(f"the password cannot be read ({unreadable})", where=where, remedy=remedy) from unreadable
