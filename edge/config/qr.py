"""Badges and passes shown as QR codes."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from contract.message import PublicKey
from contract.settings_file import Settings

Share = Annotated[float, Field(ge=0, le=1)]


def _whole_picture() -> list[float]:
    return [0.0, 0.0, 1.0, 1.0]


class QrConfig(Settings):
    """Staff badges and visitors' passes, read with the colour camera in a process of its own (at most five times a second).

    `keys` are the public keys of whoever signs them, one, or two while the key is being changed; without any nothing is
    read. `site` is the name they must be made for. `area` is the part of the picture looked at: left, top, right, bottom as
    shares of it. A badge or pass says who is expected; it never replaces a verdict.
    """

    keys: Annotated[list[PublicKey], Field(max_length=2)] = Field(default_factory=list)
    site: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,31}$")] = "site"
    area: Annotated[list[Share], Field(min_length=4, max_length=4)] = Field(default_factory=_whole_picture)

    @model_validator(mode="after")
    def _is_an_area(self) -> Self:
        left, top, right, bottom = self.area
        if not (left < right and top < bottom):
            raise ValueError(f"area = {self.area}: left, top, right, bottom, each pair in this order, as shares of the picture")
        return self
