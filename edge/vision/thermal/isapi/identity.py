"""Which camera answers, and whether it gives temperatures of whole pictures in degrees Celsius."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from edge.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

DEVICE: Final = "/ISAPI/System/deviceInfo"
CAPABILITIES: Final = "/ISAPI/Thermal/capabilities"
BASIC: Final = "/ISAPI/Thermal/channels/{channel}/thermometry/basicParam"
PICTURE: Final = "/ISAPI/Thermal/channels/{channel}/thermometry/jpegPicWithAppendData?format=json"
_WHOLE_PICTURES: Final = "isSupportJpegPicWithAppendData"
_UNIT: Final = "temperatureUnit"
_OTHER_UNITS: Final = ("fahrenheit", "kelvin")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the camera says it is."""

    model: str
    firmware: str
    serial: str


def identify(get: Callable[[str], bytes], channel: int, where: str) -> Identity:
    """Ask the camera. `get` fetches a path. Raises SourceError where it is not what the gate needs."""
    device = values_of(get(DEVICE), where)
    model = device.get("model", "a camera without a name")
    capabilities = values_of(get(CAPABILITIES), where)
    if capabilities.get(_WHOLE_PICTURES, "true") != "true":
        what = f"this is a {model}, which has no thermometry of the whole picture"
        raise SourceError(what, where=where, remedy="Use a thermographic model, or license thermometry in its settings.")
    unit = values_of(get(BASIC.format(channel=channel)), where).get(_UNIT, "")
    if any(other in unit.lower() for other in _OTHER_UNITS):
        remedy = "Set its unit of temperature to degrees Celsius (Configuration, Temperature Measurement)."
        raise SourceError(f"the camera is set to {unit}", where=where, remedy=remedy)
    return Identity(model, device.get("firmwareVersion", ""), device.get("serialNumber", ""))


def values_of(document: bytes, where: str) -> dict[str, str]:
    """Texts by element name, without the name space. Raises SourceError where it is no XML, or one that declares entities."""
    if b"<!" in document.replace(b"<!--", b""):
        raise SourceError("the camera answers with XML that declares things", where=where, remedy="Is this the camera?")
    try:
        root = ET.fromstring(document)  # noqa: S314 - without declarations there is nothing to expand
    except ET.ParseError as other:
        remedy = "Check thermal.url: this is no camera of the Hikvision family, or its web page stands between."
        raise SourceError(f"the answer is no XML ({other})", where=where, remedy=remedy) from other
    return {element.tag.rpartition("}")[2]: (element.text or "").strip() for element in root.iter()}
