"""Which Lepton it is: by the part number that the camera tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from edge.errors import SourceError
from edge.vision.thermal.lepton.layout import LEPTON_2, LEPTON_3

if TYPE_CHECKING:
    from edge.vision.thermal.lepton.layout import Layout


@dataclass(frozen=True, slots=True)
class Model:
    """One product.

    Attributes:
        radiometric: whether its pixels can be temperatures.
    """

    name: str
    layout: Layout
    radiometric: bool


MODELS: Final[dict[str, Model]] = {
    "500-0763-0": Model("Lepton 2.5", LEPTON_2, radiometric=True),
    "500-0771-0": Model("Lepton 3.5", LEPTON_3, radiometric=True),
    "500-0758-": Model("Lepton 3.1R", LEPTON_3, radiometric=True),
    "500-0726-": Model("Lepton 3.0", LEPTON_3, radiometric=False),
    "500-0643-": Model("Lepton 1.5", LEPTON_2, radiometric=False),
    "500-0690-": Model("Lepton 1.6", LEPTON_2, radiometric=False),
    "500-0659-": Model("Lepton 2.0", LEPTON_2, radiometric=False),
}
"""By the beginning of the part number (FLIR's data sheets and the PureThermal firmware's list)."""


def model_of(part_number: str, rows: int, cols: int, where: str) -> Model:
    """The model behind a part number. Raises SourceError: unknown, no radiometry, or another size than the settings say."""
    model = next((one for start, one in MODELS.items() if part_number.startswith(start)), None)
    if model is None:
        known = ", ".join(dict.fromkeys(one.name for one in MODELS.values() if one.radiometric))
        raise SourceError(f"part number {part_number!r} is no Lepton known here", where=where, remedy=f"Use one of: {known}.")
    if not model.radiometric:
        what = f"this is a {model.name} ({part_number}), which gives pictures but no temperatures"
        raise SourceError(what, where=where, remedy="Use a Lepton 3.5 or 2.5.")
    if (model.layout.rows, model.layout.cols) != (rows, cols):
        size = f"{model.layout.cols}x{model.layout.rows}"
        what = f"this is a {model.name} of {size}, but thermal.cols and thermal.rows say {cols}x{rows}"
        raise SourceError(
            what, where=where, remedy=f"Set thermal.rows = {model.layout.rows}, thermal.cols = {model.layout.cols}."
        )
    return model
