"""The command line itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from contract.console import told
from edge.commands.arguments import SettingsFile
from edge.commands.evaluate import app as evaluate_app
from edge.commands.line_on_site import ON_SITE
from edge.config import load_gate

app = typer.Typer(
    name="menshen-edge",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="The gate: sees a person with a colour and a thermal camera, judges the mask, measures the face, moves the barrier.",
)
app.add_typer(evaluate_app, name="evaluate")


@app.command()
def run(
    file: SettingsFile,
    unattended: Annotated[
        bool,
        typer.Option(
            "--unattended", help="Start whatever is missing: a camera or broker that is away is a state. For service units."
        ),
    ] = False,
) -> None:
    """Screen people until Ctrl-C.

    Everything is tried once first; what cannot work is named with its remedy (exit code 2). A broker that is merely away
    is no obstacle: decisions wait on disk.
    """
    from edge.commands.run import run_gate

    run_gate(file, unattended=unattended)


@app.command()
def check(file: SettingsFile) -> None:
    """Try every part of a gate and say in one table what works, what does not, and what to do.

    Exit code 2 if anything does not.
    """
    from edge.commands.check import check_gate

    check_gate(load_gate(file))


@app.command("try")
def try_(
    what: Annotated[
        str,
        typer.Argument(
            metavar="PICTURE|VIDEO|CAMERA",
            help="A picture, a video, a folder of pictures; /dev/video0, rtsp://..., `simulated`, or `camera`: the gate's own.",
            show_default=False,
        ),
    ],
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="GATE.TOML", help="Judge with this gate's zone, size and settings.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Where to write. Default: NAME.menshen.png or .mp4, here.", show_default=False
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of the page for a camera; 0 takes a free one.")] = 8610,
) -> None:
    """Show what the gate sees: the technician's first look.

    Boxes, landmarks, mask state with probabilities, how large each face is and whether that is near enough, the quality of the
    view, and how long a pass takes. A picture becomes a picture, a video a video with a summary, a camera a page on
    127.0.0.1 until Ctrl-C. A video and a camera are judged as at the gate: people are followed and their frames vote.

    Pictures of people are written only because you ask for it here: for a picture or a video, where the command says. A
    camera's pictures are not written at all. Temperature is not looked at.
    """
    from edge.commands.try_eye import try_eye

    try_eye(what, load_gate(config) if config else None, out, port)


@app.command()
def bench(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[GATE.TOML]", help="Measure for this gate's camera, zone and network.", show_default=False),
    ] = None,
    store: Annotated[
        bool, typer.Option("--store", help="Keep the best beside the gate's database; `run` uses it from its next start on.")
    ] = False,
    rounds: Annotated[int, typer.Option(min=10, max=10_000, help="Passes of each kind.")] = 100,
) -> None:
    """Measure what runs the eye quickest on this machine.

    A whole pass, from the picture to the faces, with every provider this onnxruntime could have (CPU, XNNPACK, ACL, CUDA,
    TensorRT; absent ones are listed), every number of threads and every input size, in turns. The best is the quickest one that
    answers as the processor does in plain float; a further thread must save a tenth. Do it with nothing else running.
    """
    from edge.commands.bench_eye import bench_eye

    bench_eye(load_gate(file) if file else None, keep=store, rounds=rounds)


@app.command()
def linearity(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[GATE.TOML]", help="The gate whose thermometer is tested.", show_default=False),
    ] = None,
    simulated: Annotated[bool, typer.Option("--simulated", help="Sweep a simulated person instead of a blackbody.")] = False,
    row: Annotated[
        int | None, typer.Option(help="Of the blackbody in the thermal picture after `sensor.rotate`.", show_default=False)
    ] = None,
    col: Annotated[int | None, typer.Option(help="Likewise.", show_default=False)] = None,
    emissivity: Annotated[float, typer.Option(min=0.5, max=1.0, help="Of the blackbody.")] = 0.97,
    start: Annotated[float, typer.Option(min=30, max=44, help="Coldest step, degC.")] = 35.0,
    stop: Annotated[float, typer.Option(min=31, max=45, help="Warmest step, degC.")] = 40.0,
    step: Annotated[float, typer.Option(min=0.05, max=1, help="From one to the next, degC.")] = 0.25,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the result here too.", show_default=False)
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a report with plots.", show_default=False)
    ] = None,
) -> None:
    """Test that the thermometer follows from 35 to 40 degC and is not pulled towards normal.

    A technician sets a blackbody in view of the thermal camera step by step; what the gate reads is corrected by the reference
    body as everybody's reading is. Slope, residuals and plateaus are told; exit code 2 when it is not straight.
    """
    from edge.commands.linearity import sweep

    sweep(load_gate(file) if file else None, (start, stop, step), (row, col, emissivity), simulated, json, html)


@app.command()
def calibrate(
    file: SettingsFile,
    board: Annotated[
        bool, typer.Option("--board/--heads", help="With a board of ArUco markers, or by a head that both cameras see (default).")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Where to write. Default: what registration.file names, else GATE.calibration.toml."
        ),
    ] = None,
    seconds: Annotated[float, typer.Option(min=5, max=1800, help="How long to watch at most.")] = 120.0,
    markers: Annotated[str, typer.Option(metavar="COLSxROWS", help="Of the board, numbered from 1 row by row.")] = "4x3",
    marker_mm: Annotated[float, typer.Option(min=5, max=500, help="Side of a marker's black square.")] = 50.0,
    gap_mm: Annotated[float, typer.Option(min=1, max=500, help="Between two markers.")] = 20.0,
    with_pictures: Annotated[
        bool, typer.Option("--pictures", help="Put what the cameras saw last into the report: it may show people.")
    ] = False,
) -> None:
    """Find out how the colour and the thermal camera stand to each other.

    Says what to do, how it goes, and how good it is. The file it writes knows both lenses, the pose and the latencies; a gate
    refuses one that was made for other cameras. A report with plots stands beside it. When it fails, nothing is changed. Stop the
    gate first: a camera serves one.
    """
    from edge.commands.calibrate import board_of, calibrate_gate

    calibrate_gate(file, out, seconds, board_of(markers, marker_mm, gap_mm) if board else None, with_pictures=with_pictures)


@app.command()
def record(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[GATE.TOML]", help="The gate whose thermal camera is recorded.", show_default=False),
    ] = None,
    reason: Annotated[
        str | None, typer.Option(help="What it is for; it is kept beside the recording.", show_default=False)
    ] = None,
    seconds: Annotated[float, typer.Option("--for", min=1, max=1800, help="How long to record, seconds.")] = 30.0,
    keep_days: Annotated[
        int | None, typer.Option(min=1, max=30, help="Days until it is removed. Default: record.keep_days.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR|FILE", help="The folder, default record.folder; with --open the file.", show_default=False
        ),
    ] = None,
    recipient: Annotated[
        str | None, typer.Option(metavar="AGE1...", help="Who can read it. Default: record.recipient.", show_default=False)
    ] = None,
    sweep: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Remove what has expired in this folder.", show_default=False)
    ] = None,
    new_key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Make a key to read recordings with.", show_default=False)
    ] = None,
    open_: Annotated[
        Path | None, typer.Option("--open", metavar="FILE", help="Decrypt this recording into --out.", show_default=False)
    ] = None,
    identity: Annotated[
        Path | None, typer.Option(metavar="KEY", help="The file with the private key, for --open.", show_default=False)
    ] = None,
) -> None:
    """Record thermal pictures of people, encrypted and for a few days.

    Only with a reason, only to somebody's public key (age), and only while the gate does not run. Nothing readable touches a
    disk; the recording is removed when its time is over. The other uses: `--new-key FILE`, `--sweep DIR`, and
    `--open FILE --identity KEY --out FILE`.
    """
    from edge.commands.record import Wanted, record_or_else

    record_or_else(
        file, Wanted(reason, seconds, keep_days, out, recipient), sweep=sweep, new_key=new_key, sealed=(open_, identity)
    )


for command in ON_SITE:
    app.command()(command)


@app.command()
def settings() -> None:
    """Print every setting of a gate with its limits and default, as Markdown."""
    from contract.settings_page import page
    from edge.config import GateConfig

    typer.echo(page(GateConfig, "Settings of a gate", "menshen-edge settings"), nl=False)


def main() -> None:
    """Entry of the console command."""
    told(app)
