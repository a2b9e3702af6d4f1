"""A number that a device gives, and what it means: the same for a register and for bytes on a serial line."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from contract.settings_file import Settings
from edge.config.quantities import QuantityName, convert, spelt


class DeviceValue(Settings):
    """`value` = number times `scale` plus `offset`, in `unit`.

    Numbers in `failed` mean that the device could not measure. Below `least` and above `most`, in `unit`, it does not measure.
    `crop`, such as [0, 100], is for devices whose maker says that a value a little outside stands for the end of its range.
    """

    quantity: QuantityName
    scale: Annotated[float, Field(gt=0)] = 1.0
    offset: float = 0.0
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
