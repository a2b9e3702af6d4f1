"""What stands in the registers of a Modbus device: a file per kind of device, with the page that says so."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from contract.settings_file import Settings, load
from edge.config.device_files import device_file
from edge.config.device_value import DeviceValue, refuse_failed

Address = Annotated[int, Field(ge=0, le=65535)]


class Register(DeviceValue):
    """One value of the device.

    `address` counts from 0, as it travels. `word_order`: which of two registers comes first. `inverted` is of coils and inputs
    whose 1 is our 0. The rest as of every `DeviceValue`.
    """

    kind: Literal["holding", "input", "coil", "discrete"]
    address: Address
    type: Literal["int16", "uint16", "int32", "uint32", "float32", "bit"]
    word_order: Literal["high_first", "low_first"] = "high_first"
    inverted: bool = False

    @model_validator(mode="after")
    def _of_its_kind(self) -> Register:
        if (self.type == "bit") != (self.kind in {"coil", "discrete"}):
            raise ValueError(f'{self.quantity}: coils and discrete inputs have type = "bit", registers have another')
        refuse_failed(self, self.type)
        return self

    @property
    def count(self) -> int:
        """Registers, or bits, that it takes."""
        return 2 if self.type in {"int32", "uint32", "float32"} else 1


class Status(Settings):
    """A register of 16 bits that says whether the device's values count: only where one of `good` stands in it."""

    kind: Literal["holding", "input"]
    address: Address
    good: Annotated[list[Annotated[int, Field(ge=0, le=65535)]], Field(min_length=1, max_length=16)]


class RegisterMap(Settings):
    """A kind of device. `source` is the page or datasheet that everything here is from."""

    device: Annotated[str, Field(min_length=1, max_length=80)]
    source: Annotated[str, Field(min_length=10, max_length=500)]
    registers: Annotated[list[Register], Field(min_length=1, max_length=32)]
    status: Annotated[list[Status], Field(max_length=4)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _each_once(self) -> RegisterMap:
        names = [one.quantity for one in self.registers]
        if len(set(names)) < len(names):
            raise ValueError("a quantity stands there twice. A device that measures one in two places is two sensors: two files")
        return self


def load_map(name: str) -> RegisterMap:
    """Raises SettingsError naming file, key, value and remedy."""
    return load(device_file("modbus", name), RegisterMap)
