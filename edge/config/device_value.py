"""A number that a device gives, and what it means: the same for a register and for bytes on a serial line."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from contract.settings_file import Settings
from edge.config.quantities import QuantityName, convert, spelt

_SIGNED_BITS: Final = {"int8": 8, "int16": 16, "int32": 32}
_BITS: Final = {"bit": 1, "uint8": 8, "uint16": 16, "uint32": 32}


class DeviceValue(Settings):
    """`value` = number times `scale` plus `offset`, in `unit`.

    Numbers in `failed` mean that the device could not measure. Below `least` and above `most`, in `unit`, it does not measure.
    `crop`, such as [0, 100], is for devices whose maker says that a value a little outside stands for the end of its range.
    """

    quantity: QuantityName
    scale: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    offset: Annotated[float, Field(allow_inf_nan=False)] = 0.0
    unit: Annotated[str, Field(max_length=10)] = ""
    failed: list[int] = Field(default_factory=list)
    least: float = float("-inf")
    most: float = float("inf")
    crop: Annotated[list[float] | None, Field(min_length=2, max_length=2)] = None

    @model_validator(mode="after")
    def _means_something(self) -> Self:
        if convert(self.quantity, 0.0, spelt(self.unit)) is None:
            raise ValueError(f"{self.quantity}: {self.unit!r} is no unit of it")
        if not self.least < self.most:
            raise ValueError(f"{self.quantity}: least is not below most")
        if self.crop is not None and not self.crop[0] < self.crop[1]:
            raise ValueError(f"{self.quantity}: crop is the least and the most that a value can be")
        return self


def refuse_failed(told: DeviceValue, kind: str) -> None:
    """Raises ValueError where a number of this kind, such as `uint16`, can never be one of `failed`: it would pass as a value."""
    least, most = float("-inf"), float("inf")
    if kind in _SIGNED_BITS:
        least, most = -(2 ** (_SIGNED_BITS[kind] - 1)), 2 ** (_SIGNED_BITS[kind] - 1) - 1
    elif kind in _BITS:
        least, most = 0, 2 ** _BITS[kind] - 1
    if strange := [one for one in told.failed if not least <= one <= most]:
        raise ValueError(f"{told.quantity}: {kind} is never {strange[0]}. Correct it in `failed`, or the type")
