"""`menshen-cloud command-key`."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from cloud.dispatch.signer import Signer, make_key
from cloud.settings import load_cloud


def command_key(settings_file: Path, key_file: Path | None) -> None:
    """Make the key where there is none, and print what the gates have to know. Raises SettingsError."""
    named = load_cloud(settings_file).command.key_file
    path = key_file or named or settings_file.parent / "command.key"
    signer = Signer.load(path) if path.exists() else Signer(make_key(path))
    typer.echo("In every gate's settings, beside the key that stands there while it is being changed:\n")
    typer.echo(f"[uplink]\ncommand_keys = [{json.dumps(signer.public)}]\n")
    if named is None or named.resolve() != path.resolve():
        typer.echo(f"In {settings_file}, when the gates know it, and then start the cloud again:\n")
        typer.echo(f"[command]\nkey_file = {json.dumps(str(path))}\n")
