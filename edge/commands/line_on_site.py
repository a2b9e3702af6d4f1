"""The commands a technician says at the gate: mostly to one that runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from edge.commands.arguments import SettingsFile
from edge.config import load_gate


def pair(
    file: SettingsFile,
    url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The cloud's address; not needed with a whole pairing code.", show_default=False),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            metavar="TOKEN", help="What `menshen-cloud enrol` prints; asked for where it is left out.", show_default=False
        ),
    ] = None,
) -> None:
    """Pair this gate with a cloud: get its certificate by a token that is good once.

    The gate makes its key, which never leaves it, and tells the token to nobody but the cloud that made it. It writes
    `[uplink]` into the settings. Where anything fails, settings and files stay as they were.
    """
    from edge.commands.pair import pair_gate

    pair_gate(file, url, token)


def technician(file: SettingsFile) -> None:
    """Open the technician's page of a running gate for 30 minutes, for a phone.

    Prints its address, a PIN that is good once, and the fingerprint of the gate's own certificate. The page shows both pictures
    on each other, where every face is read, every number, the log and a self-test; settings are changed there. Say it on the
    gate, as the user who runs it.
    """
    from edge.commands.technician import technician as opened

    opened(load_gate(file))


def undo(file: SettingsFile) -> None:
    """Take the last change of a gate's settings back that was made on the technician's page.

    A gate that runs is started again with them; if it does not come up, it goes on as it was. What was undone is kept beside the
    file, in GATE.TOML.history.
    """
    from edge.commands.undo import undo_settings

    undo_settings(file)


def circuit(
    file: SettingsFile,
    fire: Annotated[bool | None, typer.Option("--fire/--no-fire", help="The fire panel opens its contact.")] = None,
    person: Annotated[bool | None, typer.Option("--person/--no-person", help="Somebody stands under the arm.")] = None,
    power: Annotated[bool | None, typer.Option("--power/--no-power", help="Of the drive.")] = None,
    cut: Annotated[
        Literal["loop", "sense", "clear", "none"] | None,
        typer.Option(help="The one wire that is cut: fire loop, the gate's fire input, its arm-clear input.", show_default=False),
    ] = None,
    passed: Annotated[
        int | None, typer.Option(min=0, help="How many people have gone in since the start.", show_default=False)
    ] = None,
    left: Annotated[int | None, typer.Option(min=0, help="How many have gone out.", show_default=False)] = None,
    room: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DEED",
            help="Done to the room under UV-C or ozone: open, enter, key, cut-door, ...; a wrong word lists them all.",
            show_default=False,
        ),
    ] = None,
    colour: Annotated[
        Literal["none", "missing", "hanging", "silent", "frozen", "black"] | None,
        typer.Option(help="What is wrong with the simulated colour camera.", show_default=False),
    ] = None,
    thermal: Annotated[
        Literal["none", "missing", "hanging", "silent", "frozen", "black", "covered"] | None,
        typer.Option(help="The same of the thermal one; covered: its reference body is.", show_default=False),
    ] = None,
) -> None:
    """Lay hands on a running gate whose circuit is simulated (`simulation.circuit = true`): fire, a person, a wire, a camera.

    Without an option, print how it is. What is done stays until it is undone.
    """
    from edge.commands.circuit import circuit as done

    asked: dict[str, object] = {"fire": fire, "person_under": person, "power": power, "passed": passed, "left": left}
    asked |= {"colour": colour, "thermal": thermal}
    done(load_gate(file), {key: value for key, value in asked.items() if value is not None}, cut, room or [])


def inside(
    file: SettingsFile,
    people: Annotated[
        int | None, typer.Argument(metavar="[N]", min=0, max=100_000, help="So many are inside.", show_default=False)
    ] = None,
) -> None:
    """How many people are inside by the count of a running gate (`[occupancy]`); with a number: somebody has counted so many.

    Say it on the gate, as the user who runs it.
    """
    from edge.commands.inside import inside as told

    told(load_gate(file), people)


def lamp(
    file: SettingsFile,
    said: Annotated[
        Literal["new"] | None, typer.Argument(metavar="[new]", help="A new lamp was put in.", show_default=False)
    ] = None,
) -> None:
    """Hours, starts and brightness of the lamp of a UV-C room (`[[uvc.lamps]]`); with `new`: it was replaced, count from 0.

    `new` is for a gate that runs: say it on the gate, as the user who runs it.
    """
    from edge.commands.lamp import lamp as told

    told(load_gate(file), new=said == "new")


def voice(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the sound files go.", show_default=False)],
) -> None:
    """Make the voice of the visitor's screen with espeak-ng, in Chinese and English. Recordings that are there are left alone."""
    from edge.commands.voice import voice as made

    made(folder)


ON_SITE: Final[tuple[Callable[..., None], ...]] = (pair, technician, undo, circuit, inside, lamp, voice)
