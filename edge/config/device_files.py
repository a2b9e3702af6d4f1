"""Where the files are that say what a kind of device speaks: register maps, serial frames and I2C exchanges."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from contract.errors import SettingsError

Kind = Literal["modbus", "serial", "i2c"]
DeviceFileName = Annotated[str, Field(pattern=r"^(/[\w./-]+\.toml|[\w-]{1,60})$")]
"""The name of a file in one of the places, without its ending, or a path."""
_ROOTS: Final = (
    Path("/etc/menshen"),
    Path(sys.prefix) / "share" / "menshen",
    Path(__file__).resolve().parents[2] / "firmware_configs",
)
"""The site's own, those installed with the program, those beside the sources: the first that has it counts."""
_CALLED: Final[dict[Kind, str]] = {"modbus": "register map", "serial": "serial frame", "i2c": "I2C exchange"}


def device_file(kind: Kind, name: str) -> Path:
    """The file of this name. Raises SettingsError."""
    if name.startswith("/"):
        return Path(name)
    places = [root / kind for root in _ROOTS]
    for place in places:
        if (file := place / f"{name}.toml").is_file():
            return file
    known = sorted({file.stem for place in places if place.is_dir() for file in place.glob("*.toml")})
    raise SettingsError(
        f"there is no {_CALLED[kind]} {name!r}", where=" or ".join(map(str, places)), remedy=f"There are: {', '.join(known)}."
    )
