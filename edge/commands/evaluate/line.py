"""The sub-commands' names and options. What they do stands in a file of each, imported when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Judge a part of the gate on data with known answers; `--json FILE` writes the result for machines.",
)

HtmlFile = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a report with plots.", show_default=False)]
JsonFile = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the result here too.", show_default=False)]


@app.callback()
def evaluate() -> None:
    """Keep the sub-command's name also while there is only one."""


@app.command()
def mlx90640(
    eeprom: Annotated[Path, typer.Argument(metavar="EEPROM.csv", help="The 832 words from 0x2400 on.", show_default=False)],
    frames: Annotated[
        Path,
        typer.Argument(
            metavar="FRAMES.csv",
            help="A line a sub-page: 832 words from 0x0400 on, register 0x800D, sub-page number.",
            show_default=False,
        ),
    ],
    emissivity: Annotated[float, typer.Option(min=0.05, max=1.0, help="Of what is looked at.")] = 0.95,
    tr: Annotated[
        float | None,
        typer.Option(help="Reflected temperature in degC. Default: 8 degC below the die, as in open air.", show_default=False),
    ] = None,
    json: JsonFile = None,
) -> None:
    """Turn an MLX90640's words into temperatures, as the maker's library does.

    Broken and outlier pixels are named, with the library's return codes; their temperatures are computed, not replaced.
    """
    from edge.commands.evaluate.mlx90640 import report

    report(eeprom, frames, emissivity, tr, json)


@app.command()
def clips(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="CPTV recordings of a Lepton 3.5, or one file.", show_default=False)
    ],
    setpoint: Annotated[
        float | None,
        typer.Option(
            help="Of the heated body in view, degC. Default: as clips.csv in the folder notes it, else 35.8.", show_default=False
        ),
    ] = None,
    json: JsonFile = None,
) -> None:
    """Play recordings through the gate's own thermometry, as fast as it goes.

    Which way up they are and where the heated body is, is found in the recording itself. Faces are found in the thermal
    picture, as at a gate without a colour camera. Nothing is written but the numbers.
    """
    from edge.commands.evaluate.clips import evaluate_clips

    evaluate_clips(folder, json, setpoint)


@app.command()
def clinical(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILES...", help="CSV files of the form of PhysioNet face-oral-temp-data.", show_default=False),
    ],
    read: Annotated[
        Literal["canthus", "forehead", "forehead-max", "face-max"], typer.Option(help="What of the face is read.")
    ] = "canthus",
    rounds: Annotated[int, typer.Option(min=1, max=4, help="The mean of so many rounds; 1 is a single reading.")] = 4,
    fever: Annotated[float, typer.Option(min=36, max=42, help="Oral temperature from which on it is fever, degC.")] = 37.5,
    limit: Annotated[
        list[float] | None,
        typer.Option(min=35, max=42, help="Of the gate, degC; may be repeated. Default: 37.5 and 37.3.", show_default=False),
    ] = None,
    band: Annotated[
        list[float] | None,
        typer.Option(min=0, max=2, help="Guard band, degC; may be repeated. Default: 0, 0.25 and 0.5.", show_default=False),
    ] = None,
    delta: Annotated[
        list[float] | None,
        typer.Option(min=0.05, max=3, help="Of the baseline, degC; may be repeated. Default: 0.3 to 1.", show_default=False),
    ] = None,
    json: JsonFile = None,
    html: HtmlFile = None,
) -> None:
    """Judge the gate's temperature rules on people whose oral temperature is known.

    A constant offset, an offset with a term for the room, and the adaptive baseline. Every file is judged by rules fitted on the
    other files; a single file is cut into five. Decisions are made by the gate's own code.
    """
    from edge.commands.evaluate.clinical import evaluate_clinical

    evaluate_clinical(
        files,
        read,
        rounds,
        fever_c=fever,
        limits_c=limit or (37.5, 37.3),
        bands_c=band or (0.0, 0.25, 0.5),
        deltas_c=delta or (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
        as_json=json,
        as_html=html,
    )


@app.command()
def simulation(
    people: Annotated[int, typer.Option(min=3, max=10_000, help="Before each sensor.")] = 60,
    seed: Annotated[int, typer.Option(help="Other people, rooms and temperatures.")] = 1,
    stray: Annotated[
        bool, typer.Option("--stray", help="With stray light in the lens, which the gate does not correct.")
    ] = False,
    json: JsonFile = None,
    html: HtmlFile = None,
) -> None:
    """Read the skin of simulated people, from both cameras' pictures to the temperature, and compare with the truth.

    Drawn people of all looks, half of them masked, 0.5 to 0.8 m away, in rooms of 18 to 30 degC, before a sensor of the 320x240
    class and a Lepton 3.5 that drift and make noise as real ones do. The report shows what the uncertainty is made of at each
    distance, and whether the errors keep to it.
    """
    from edge.commands.evaluate.simulation import evaluate_simulation

    evaluate_simulation(people, seed, json, html, stray=stray)


@app.command()
def gate(
    people: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many visitors.")] = 10_000,
    seed: Annotated[int, typer.Option(min=0, help="Other people and other errors.")] = 1,
    json: JsonFile = None,
    html: HtmlFile = None,
) -> None:
    """Let simulated visitors queue before the gate: whom it passes wrongly, stops wrongly, cannot measure, and how fast it is.

    Tracker, vote, lane and rule are the gate's own; network and thermometer make the errors that were measured of them. With a
    file to write, the same again at several values of the settings that trade one mistake for another. 10,000 take minutes.
    """
    from edge.commands.evaluate.gate import evaluate_gate

    evaluate_gate(people, seed, json, html)
