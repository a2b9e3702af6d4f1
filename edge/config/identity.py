"""Which camera it is that the settings name, in a few words without secrets; the same words tomorrow for the same camera."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from edge.config.calibration import CameraIdentity

if TYPE_CHECKING:
    from contract.settings_file import Settings
    from edge.config.tree import GateConfig

_PLACES: Final = ("device", "url", "path", "spi_bus", "spi_device", "i2c_bus", "address", "channel")
_SECRET: Final = ("url", "path")
"""An address may hold a password: a part of its sha256 stands for it."""


def colour_identity(config: GateConfig) -> CameraIdentity:
    """The colour camera, and the size of its picture."""
    colour = config.colour
    return CameraIdentity(camera=_camera(colour), width=colour.width, height=colour.height)


def thermal_identity(config: GateConfig) -> CameraIdentity:
    """The thermal camera, and the size of its picture after it was turned."""
    width, height = config.upright_px
    return CameraIdentity(camera=_camera(config.thermal), width=width, height=height, rotate=config.sensor.rotate)


def _camera(source: Settings) -> str:
    told = source.model_dump(mode="json")
    places = [f"{key}={_unsecret(key, told[key])}" for key in _PLACES if key in told]
    return " ".join([str(told["source"]), *places])


def _unsecret(key: str, value: object) -> str:
    return sha256(str(value).encode()).hexdigest()[:12] if key in _SECRET else str(value)
