"""Settings of gates for system tests; what they have in common with the demo is taken from where the demo takes it."""

from __future__ import annotations

import json
from pathlib import Path

from demo.settings import SIMULATED_GATE
from edge.sim.stage import registration_matrix

FINE = (320, 240)
"""Columns and rows of a thermal camera that still measures a face of 43 pixels in a 640x480 picture."""


NO_ARM = """
[barrier]
kind = "log"
"""
ARM = """
[barrier]
kind = "pulse"
line = 17
arm_clear_line = 27
open_s = 3.0

[inputs]
fire_line = 24
passage_line = 25

[signals]
lamp_line = 22
buzzer_line = 23
"""


def walk_up(gate: str, *, seed: int = 1) -> str:
    """The committed example of a gate without hardware, under another name."""
    text = SIMULATED_GATE.read_text(encoding="utf-8")
    return text[: text.index("[barrier]")].replace('gate = "demo"', f'gate = "{gate}"').replace("seed = 1", f"seed = {seed}")


def photographs(gate: str, manifest: Path, *, fps: float, hold_s: float, gap_s: float) -> str:
    """Photographs, each face of them warm at its place. The heated body hangs in the corner that only the thermal camera sees."""
    cols, rows = FINE
    return f"""gate = "{gate}"

[colour]
source = "simulated"
fps = {fps}

[thermal]
source = "simulated"
rows = {rows}
cols = {cols}
fps = {fps}

[reference]
row = {rows - 7}.0
col = 6.0
radius_px = 3.5
setpoint_c = 36.0
search_px = 1.0

[registration]
matrix = {registration_matrix(thermal_size=FINE)}
residual_px = 0.5

[zone]
polygon = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]
min_face = 0.09

[simulation]
scene = "photographs"
manifest = {text(manifest)}
hold_s = {hold_s}
gap_s = {gap_s}
once = true
"""


def rest(database: Path, broker_port: int, password_file: Path, kiosk_port: int, barrier: str = NO_ARM, uplink: str = "") -> str:
    """What every gate of the house is told beside its cameras. `uplink`: more lines of that table."""
    return f"""{barrier}
[uplink]
database = {text(database)}
{uplink}

[uplink.broker]
host = "127.0.0.1"
port = {broker_port}
password_file = {text(password_file)}

[kiosk]
port = {kiosk_port}
"""


def circuit(gate: str, database: Path, broker_port: int, kiosk_port: int) -> str:
    """A gate that looks for masks only, with a barrier, a fire contact and a passage contact on a simulated circuit."""
    return f"""gate = "{gate}"

[colour]
source = "simulated"
fps = 8.0

[thermal]
source = "none"

[screening]
temperature = false

[simulation]
circuit = true
{ARM}
[uplink]
database = {text(database)}

[uplink.broker]
port = {broker_port}

[kiosk]
port = {kiosk_port}
"""


def text(value: object) -> str:
    """A TOML string: JSON's escapes are TOML's."""
    return json.dumps(str(value), ensure_ascii=False)
