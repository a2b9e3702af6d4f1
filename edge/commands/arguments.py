"""What several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SettingsFile = Annotated[
    Path,
    typer.Argument(metavar="GATE.TOML", help="The gate's settings. `firmware_configs/gates/` has examples.", show_default=False),
]
