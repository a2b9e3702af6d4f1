"""`menshen-cloud account ...`: accounts from the machine itself, also while nobody can sign in. The cloud may run meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cloud.access.roles import Role

account = typer.Typer(no_args_is_help=True, help="Who may sign in, as what, and for which site.")

SettingsFile = Annotated[Path, typer.Argument(help="The cloud's settings (TOML).", show_default=False)]
Name = Annotated[str, typer.Argument(help="The account's name.", show_default=False)]


@account.command("list")
def list_(settings_file: SettingsFile) -> None:
    """Every account with its role and site."""
    from cloud.commands.accounts import list_accounts

    list_accounts(settings_file)


@account.command()
def add(
    settings_file: SettingsFile,
    user: Name,
    role: Annotated[Role, typer.Option(help="What the account is for.")],
    site: Annotated[str, typer.Option(help="A path in the tree of sites, such as city/hall-3; else every site.")] = "",
) -> None:
    """Make an account and print its first password, which has to be changed at the first sign-in."""
    from cloud.commands.accounts import add_account

    add_account(settings_file, user, role, site)


@account.command()
def change(
    settings_file: SettingsFile,
    user: Name,
    role: Annotated[Role | None, typer.Option(help="What the account is for.", show_default=False)] = None,
    site: Annotated[str | None, typer.Option(help="A path in the tree of sites; '' for every site.", show_default=False)] = None,
) -> None:
    """Change role or site. Every session of the account ends."""
    from cloud.commands.accounts import change_account

    change_account(settings_file, user, role, site)


@account.command()
def disable(settings_file: SettingsFile, user: Name) -> None:
    """Nobody signs in with this account any more. Every session of it ends."""
    from cloud.commands.accounts import change_account

    change_account(settings_file, user, None, None, disabled=True)


@account.command()
def enable(settings_file: SettingsFile, user: Name) -> None:
    """Let a disabled account sign in again."""
    from cloud.commands.accounts import change_account

    change_account(settings_file, user, None, None, disabled=False)


@account.command()
def reset(settings_file: SettingsFile, user: Name) -> None:
    """Print a new password for somebody who has forgotten theirs; it has to be changed at the first sign-in."""
    from cloud.commands.accounts import reset_password

    reset_password(settings_file, user)
