"""The technician's page: whether there is one, and where it listens."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated

from pydantic import Field, field_validator

from contract.settings_file import Settings


class TechnicianConfig(Settings):
    """A look at both pictures and all numbers, by phone. Off unless `listen` names an address of this machine ("0.0.0.0": all).

    Even then nothing listens there until `menshen-edge technician` opens the page, for 30 minutes.
    """

    listen: str | None = None
    port: Annotated[int, Field(ge=0, le=65535)] = 8643

    @field_validator("listen")
    @classmethod
    def _an_address(cls, listen: str | None) -> str | None:
        if listen is not None:
            try:
                ip_address(listen)
            except ValueError as wrong:
                raise ValueError(f"{listen!r} is no IP address: give one of this machine's, or 0.0.0.0 for all") from wrong
        return listen
