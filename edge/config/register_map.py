"""What stands in the registers of a Modbus device: a file per kind of device, with the page that says so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from contract.errors import SettingsError
from contract.settings_file import Settings, load
from edge.config.quantities import QuantityName, convert, spelt

PLACES: Final = (
    Path("/etc/menshen/modbus"),
    Path("/usr/local/share/menshen/modbus"),
    Path(__file__).resolve().parents[2] / "firmware_configs" / "modbus",
)
"""Where a map is looked for by its name: the site's own, the installed ones, those beside the sources."""


class Register(Settings):
    """One value of the device.

    `address` counts from 0, as it travels. `value` = number in the register times `scale` plus `offset`, in `unit`. `word_order`:
    which of two registers comes first. Numbers in `failed` mean that the device could not measure. `inverted` is of coils and
    inputs whose 1 is our 0. Below `least` and above `most`, in `unit`, the device does not measure.
    """

    quantity: QuantityName
    kind: Literal["holding", "input", "coil", "discrete"]
    address: Annotated[int, Field(ge=0, le=65535)]
    type: Literal["int16", "uint16", "int32", "uint32", "float32", "bit"]
    word_order: Literal["high_first", "low_first"] = "high_first"
    scale: Annotated[float, Field(gt=0)] = 1.0
    offset: float = 0.0
    unit: Annotated[str, Field(max_length=10)] = ""
    failed: list[int] = Field(default_factory=list)
    inverted: bool = False
    least: float = float("-inf")
    most: float = float("inf")

    @model_validator(mode="after")
    def _makes_sense(self) -> Register:
        if (self.type == "bit") != (self.kind in {"coil", "discrete"}):
            raise ValueError(f'{self.quantity}: coils and discrete inputs have type = "bit", registers have another')
        if convert(self.quantity, 0.0, spelt(self.unit)) is None:
            raise ValueError(f"{self.quantity}: {self.unit!r} is no unit of it")
        if not self.least < self.most:
            raise ValueError(f"{self.quantity}: least is not below most")
        return self

    @property
    def count(self) -> int:
        """Registers, or bits, that it takes."""
        return 2 if self.type in {"int32", "uint32", "float32"} else 1


class RegisterMap(Settings):
    """A kind of device. `source` is the page or datasheet that everything here is from."""

    device: Annotated[str, Field(min_length=1, max_length=80)]
    source: Annotated[str, Field(min_length=10, max_length=500)]
    registers: Annotated[list[Register], Field(min_length=1, max_length=32)]

    @model_validator(mode="after")
    def _each_once(self) -> RegisterMap:
        names = [one.quantity for one in self.registers]
        if len(set(names)) < len(names):
            raise ValueError("a quantity stands there twice. A device that measures one in two places is two sensors: two files")
        return self


def map_file(name: str) -> Path:
    """The file of a map named in the settings. Raises SettingsError."""
    if name.startswith("/"):
        return Path(name)
    for place in PLACES:
        if (file := place / f"{name}.toml").is_file():
            return file
    known = sorted({file.stem for place in PLACES if place.is_dir() for file in place.glob("*.toml")})
    raise SettingsError(
        f"there is no register map {name!r}", where=" or ".join(map(str, PLACES)), remedy=f"There are: {', '.join(known)}."
    )


def load_map(name: str) -> RegisterMap:
    """Raises SettingsError naming file, key, value and remedy."""
    return load(map_file(name), RegisterMap)
