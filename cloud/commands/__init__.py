"""The command line of the cloud."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cloud.commands.account import account
from cloud.commands.series import series
from contract.console import REFUSED
from contract.errors import SettingsError

app = typer.Typer(
    name="menshen-cloud",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_show_locals=False,
    help=(
        "The cloud of Menshen: takes the events of every gate from an MQTT broker, keeps each exactly once in a ledger, "
        "copies them into a series store (SQLite or InfluxDB), and serves the guard's screen with what happens live.\n\n"
        "First time: write `cloud.toml`, then `menshen-cloud password cloud.toml`, `menshen-cloud check cloud.toml`, "
        "`menshen-cloud run cloud.toml`. A command that cannot do its work says what is wrong, where, and what to do, "
        "and ends with exit code 2."
    ),
)

app.add_typer(series, name="series")
app.add_typer(account, name="account")

SettingsFile = Annotated[Path, typer.Argument(help="The cloud's settings (TOML).", show_default=False)]


@app.command()
def run(
    settings_file: SettingsFile,
    unattended: Annotated[
        bool,
        typer.Option(
            "--unattended", help="Started by a machine: a broker or an InfluxDB that is away is waited for, not an error."
        ),
    ] = False,
) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Before it starts it tries every part, and ends with exit code 2 where one cannot work: settings, port, ledger,
    the broker refusing the password, InfluxDB not reachable. A broker that is merely away is waited for.
    """
    from cloud.commands.run import serve

    serve(settings_file, unattended=unattended)


@app.command()
def worker(
    settings_file: SettingsFile,
    name: Annotated[
        str, typer.Option(help="This worker's own name; it keeps it over a restart, so that the broker keeps its messages.")
    ],
) -> None:
    """Take events beside `run`, as one of as many workers as the machine has cores. Any of them may die at any moment."""
    from cloud.commands.worker import work

    work(settings_file, name)


@app.command()
def check(
    settings_file: SettingsFile,
    send_test: Annotated[bool, typer.Option("--send-test", help="Send a test to every contact, too.")] = False,
) -> None:
    """Try every part once: one table of what works, what does not, and what to do. Nobody is sent anything unless asked for."""
    from cloud.commands.check import check_all

    if not check_all(settings_file, send_test=send_test):
        raise typer.Exit(REFUSED)


@app.command()
def doctor(
    settings_file: SettingsFile,
    as_json: Annotated[bool, typer.Option("--json", help="Every finding as JSON, for a machine.")] = False,
) -> None:
    """Explain how gates and ledger are: lag, gaps, dead letters, certificates, clocks, and what to do.

    Reads the ledger only, also while the cloud runs. Exit code 2 when something needs a person.
    """
    from cloud.commands.doctor import examine

    if not examine(settings_file, as_json=as_json):
        raise typer.Exit(REFUSED)


@app.command()
def password(settings_file: SettingsFile) -> None:
    """Set the administrator's password: asked for twice at a terminal, else read from standard input. Ends every session."""
    from cloud.commands.password import set_password

    set_password(settings_file)


@app.command()
def migrate(settings_file: SettingsFile) -> None:
    """Bring the ledger to this version's schema. `run` does it too; this is for doing it at a time of your choice."""
    from cloud.commands.migrate import migrate_ledger

    migrate_ledger(settings_file)


@app.command()
def backup(
    settings_file: SettingsFile,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="A file, replaced as a whole or not at all; or a folder of dated ones.")
    ],
) -> None:
    """Copy the ledger into one file while the cloud runs, and look at the copy: every page, every count.

    A ledger in PostgreSQL is dumped by `pg_dump`, which has to be on this machine.
    """
    from cloud.commands.backup import back_up

    back_up(settings_file, out)


@app.command()
def restore(
    settings_file: SettingsFile,
    file: Annotated[Path, typer.Option("--from", metavar="FILE", help="What `backup` has written.")],
    replace: Annotated[bool, typer.Option("--replace", help="Also where the ledger holds events; it is kept aside.")] = False,
) -> None:
    """Put a backup into the ledger's place. Stop the cloud first.

    The backup is looked at and brought to this version's schema before anything is replaced; the ledger that was there is kept
    beside it; every session ends.
    """
    from cloud.commands.restore import restore as restored

    restored(settings_file, file, replace=replace)


@app.command()
def verify(
    settings_file: Annotated[Path | None, typer.Argument(help="The cloud's settings.", show_default=False)] = None,
    head: Annotated[
        str | None, typer.Option(metavar="NUMBER:HEX", help="Where the chain ended, as kept elsewhere.", show_default=False)
    ] = None,
    heads: Annotated[Path | None, typer.Option(help="Signed heads that were kept elsewhere.", show_default=False)] = None,
    file: Annotated[Path | None, typer.Option(help="A file of evidence, in place of the ledger.", show_default=False)] = None,
    key: Annotated[list[str] | None, typer.Option(help="Public key that heads are signed with.", show_default=False)] = None,
) -> None:
    """Go through the chain over the ledger: is every row as it was written, and is every row there that was?

    Reads only, also while the cloud runs. With `--file` it needs no ledger and no settings: a third party runs it. Exit code 2
    where something was changed, taken away or slipped in.
    """
    from cloud.commands.verify import verify as go_through
    from cloud.commands.verify import verify_file

    if (settings_file is None) == (file is None):
        raise SettingsError("what to verify is not clear", where="verify", remedy="Give the cloud's settings, or --file.")
    if file is not None:
        whole = verify_file(file, key or [])
    else:
        whole = settings_file is not None and go_through(settings_file, head, heads, key or [])
    if not whole:
        raise typer.Exit(REFUSED)


@app.command()
def erase(
    settings_file: SettingsFile,
    badge: Annotated[str | None, typer.Option(help="Of a member of staff.", show_default=False)] = None,
    visitor_pass: Annotated[str | None, typer.Option("--pass", help="Of a visitor.", show_default=False)] = None,
) -> None:
    """Take a person out of the ledger: badge, pass, duty and reading go from every visit that shows this number.

    What was decided and when stays, so the day's figures do not change, and `verify` still finds the chain whole.
    """
    from cloud.commands.erase import erase as erased

    erased(settings_file, badge, visitor_pass)


@app.command()
def rebuild_series(
    settings_file: SettingsFile,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="UTC; else as far back as points are kept.", show_default=False
        ),
    ] = None,
    gate: Annotated[str | None, typer.Option(help="Only this gate.", show_default=False)] = None,
    after: Annotated[
        str | None, typer.Option(help="Go on behind this event (a run that was stopped names it).", show_default=False)
    ] = None,
) -> None:
    """Write the series again out of the ledger: the same points, so nothing stands twice. The cloud may run meanwhile."""
    from cloud.commands.rebuild_series import rebuild_series as again

    again(settings_file, since, gate, after)


@app.command()
def command_key(
    settings_file: SettingsFile,
    key_file: Annotated[
        Path | None, typer.Option(help="The private key's file; else command.key_file, else command.key.", show_default=False)
    ] = None,
) -> None:
    """Make the key that signs commands to gates, and print what the gates have to know. A key that is there is only printed.

    To change it: make another with --key-file, give its public key to every gate as the second, name the new file in
    command.key_file, and take the old public key out of the gates.
    """
    from cloud.commands.command_key import command_key as make

    make(settings_file, key_file)


@app.command()
def enrol(
    settings_file: SettingsFile,
    gate: Annotated[str, typer.Argument(help="The gate's id, as in its settings.")],
    site: Annotated[str | None, typer.Option(help="Where it stands; else enrol.site.", show_default=False)] = None,
    url: Annotated[str | None, typer.Option(help="How it reaches this cloud; else enrol.url.", show_default=False)] = None,
    hours: Annotated[
        float | None, typer.Option(min=0.1, max=168, help="How long the token is good; else enrol.token_h.", show_default=False)
    ] = None,
) -> None:
    """Invite a gate: print a token with which it gets its certificate, once, and a QR code of it for a phone.

    Whoever has the token can become this gate: hand it on as you would a key. Another token for the same gate makes this one
    void. At the first use the authority is made that the broker has to trust (`enrol.folder`).
    """
    from cloud.commands.enrol import enrol as invited

    invited(settings_file, gate, (site, url, hours))


@app.command()
def unenrol(
    settings_file: SettingsFile,
    gate: Annotated[str, typer.Argument(help="The gate's id.")],
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", help="One that was made by hand, to be listed too.", show_default=False)
    ] = None,
) -> None:
    """Send a gate away: its certificates are renewed no more and stand on the list that the broker reads (`crl.pem`)."""
    from cloud.commands.unenrol import unenrol as sent_away

    sent_away(settings_file, gate, certificate)


@app.command()
def dead_letters(
    settings_file: SettingsFile,
    action: Annotated[str, typer.Argument(help="list, show N, replay N (or --all), or drop N.")] = "list",
    number: Annotated[int | None, typer.Argument(help="Which one.", show_default=False)] = None,
    every: Annotated[bool, typer.Option("--all", help="Replay every one.")] = False,
) -> None:
    """Messages nobody could read, and events that the series refused. `replay` puts one through again, after the cause is mended.

    A replayed message goes through the same reading and the same transaction as one that arrives; it stays a dead letter
    until it is stored. Ends with exit code 2 where one stays. The cloud may run meanwhile.
    """
    from cloud.commands.dead_letters import Action, dead_letters_command

    if action not in list(Action):
        raise typer.BadParameter(f"{action!r} is none of {', '.join(Action)}")
    if not dead_letters_command(settings_file, Action(action), number, every=every):
        raise typer.Exit(REFUSED)


@app.command()
def openapi() -> None:
    """Print the API's description (OpenAPI 3.1, JSON)."""
    from cloud.commands.openapi import description

    typer.echo(description(), nl=False)


@app.command()
def settings() -> None:
    """Print every setting of the cloud with its limits and default, as Markdown."""
    from cloud.settings import CloudSettings
    from contract.settings_page import page

    typer.echo(page(CloudSettings, "Settings of the cloud", "menshen-cloud settings"), nl=False)
