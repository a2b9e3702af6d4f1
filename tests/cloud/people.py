"""Somebody signed in with a role and a site; not by a password, which takes a tenth of a second."""

from __future__ import annotations

import secrets

import httpx

from cloud.access.roles import Role
from cloud.access.tokens import Tokens
from cloud.store.accounts import Account, User, save_account
from cloud.store.sessions import open_session
from tests.cloud.server import Served

ADMIN = User("admin", "administrator")


def sign_in(served: Served, role: str = "guard", site: str = "", user: str = "") -> dict[str, str]:
    """The header that says so; the account is made, or made anew."""
    rig, name, token = served.rig, user or f"{role}-{site.replace('/', '.')}", secrets.token_urlsafe()
    with rig.database.writing() as connection:
        save_account(connection, Account(name, role, site, "", rig.now_ms))
        open_session(connection, name, token, rig.now_ms + 3_600_000, rig.now_ms)
    return {"Cookie": f"menshen={token}"}


def program(served: Served, role: str, site: str = "") -> dict[str, str]:
    """The header of a program with a new token."""
    tokens = Tokens(served.rig.database, lambda: served.rig.now_ms)
    _, token = tokens.add(ADMIN, f"p{secrets.token_hex(4)}", Role(role), site, 30)
    return {"Authorization": f"Bearer {token}"}


def somebody(served: Served, role: str = "guard", site: str = "", user: str = "") -> httpx.Client:
    return httpx.Client(base_url=served.url, headers=sign_in(served, role, site, user), timeout=10)
