"""The settings files the demo runs with, written anew at every start; docs/reference/gate-settings.md explains each key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from contract.errors import SettingsError

SIMULATED_GATE: Final = Path(__file__).resolve().parents[1] / "firmware_configs" / "gates" / "simulated.toml"

AIR: Final = """
[[sensors.i2c]]
name = "hall-co2"
place = "Simulated hall"
driver = "scd4x"
every_s = 5.0

[[sensors.i2c]]
name = "hall-air"
place = "Simulated hall"
driver = "sht4x"
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person asked for: `INPUT`, `THERMAL`, `REFERENCE` of `make demo`; empty text where nothing was asked."""

    colour: str = ""
    thermal: str = ""
    reference: str = ""


def gate_toml(
    wanted: Wanted,
    folder: Path,
    broker_port: int,
    password_file: Path,
    kiosk_port: int,
    *,
    gate: str = "demo",
    command_key: str | None = None,
    air: bool = False,
) -> str:
    """The gate's settings, with `air` those of simulated sensors too. Raises SettingsError for an input that cannot be."""
    drawn = not (wanted.colour or wanted.thermal)
    own = _simulated(gate) if drawn else _asked(wanted, gate)
    if air and drawn:
        own = own.replace("[simulation]\n", "[simulation]\nsensors = true\n") + AIR
    keys = "" if command_key is None else _text(command_key)
    return f"""{own}
[barrier]
kind = "log"

[uplink]
database = {_text(folder / "gate.db")}
clock = "wall"
command_keys = [{keys}]

[uplink.broker]
host = "127.0.0.1"
port = {broker_port}
password_file = {_text(password_file)}

[kiosk]
port = {kiosk_port}
"""


def _simulated(gate: str) -> str:
    """The committed example, without the tables the demo writes itself."""
    text = SIMULATED_GATE.read_text(encoding="utf-8")
    return text[: text.index("[barrier]")].replace('gate = "demo"', f"gate = {_text(gate)}")


def _asked(wanted: Wanted, gate: str) -> str:
    colour = _colour(wanted.colour) if wanted.colour else 'source = "simulated"'
    thermal, temperature = _thermal(wanted) if wanted.thermal else ('source = "none"', False)
    reference = _reference(wanted.reference) if temperature else ""
    return f"""gate = {_text(gate)}

[colour]
{colour}

[thermal]
{thermal}

[screening]
temperature = {str(temperature).lower()}
{reference}"""


def _colour(source: str) -> str:
    if source.startswith(("rtsp://", "rtsps://")):
        return f'source = "rtsp"\nurl = {_text(source)}'
    if source.startswith("/dev/"):
        return f'source = "v4l2"\ndevice = {_text(source)}'
    kind = "folder" if Path(source).is_dir() else "video"
    return f'source = "{kind}"\npath = {_text(Path(source).absolute())}'


def _thermal(wanted: Wanted) -> tuple[str, bool]:
    return f'source = "cptv"\npath = {_text(Path(wanted.thermal).absolute())}', bool(wanted.reference)


def _reference(text: str) -> str:
    """The heated body as "row,col,celsius", in the turned picture, with a plain mapping of the two pictures onto each other."""
    try:
        row, col, celsius = (float(part) for part in text.split(","))
    except ValueError as wrong:
        raise SettingsError(
            f"{text!r} is not row,col,celsius", where="REFERENCE", remedy='For example REFERENCE="60,20,38.0".'
        ) from wrong
    return f"""
[reference]
row = {row}
col = {col}
radius_px = 5.5
setpoint_c = {celsius}

[registration]
matrix = [[0.25, 0.0, 0.0], [0.0, 0.25, 0.0]]
"""


def cloud_toml(
    folder: Path,
    broker_port: int,
    password_file: Path,
    admin_password_file: Path,
    web_port: int,
    *,
    command_key_file: Path | None = None,
) -> str:
    """The cloud's settings: everything embedded, nothing to install beside the broker."""
    command = "" if command_key_file is None else f"\n[command]\nkey_file = {_text(command_key_file)}\n"
    return f"""[web]
host = "127.0.0.1"
port = {web_port}

[broker]
host = "127.0.0.1"
port = {broker_port}
user = "cloud"
password_file = {_text(password_file)}

[ledger]
url = {_text(f"sqlite:///{folder / 'ledger.db'}")}

[series]
kind = "sqlite"
path = {_text(folder / "series.db")}

[access]
admin = "admin"
initial_password_file = {_text(admin_password_file)}
admin_idle_min = 720  # who tries it out watches for long
{command}"""


def _text(value: object) -> str:
    """A TOML string: JSON's escapes are TOML's."""
    return json.dumps(str(value), ensure_ascii=False)
