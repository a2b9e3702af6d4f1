"""What a gate decided of one visitor, and how the reading came about."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from contract.message import Celsius, Message, Name
from contract.verdicts import Duty, Hands, Mask, Reason, Region, Verdict


class ReadingData(Message):
    """A face temperature and how it came about. All temperatures in degrees Celsius."""

    raw_c: Celsius
    corrected_c: Celsius
    core_c: Celsius
    uncertainty_c: Annotated[float, Field(ge=0, le=50, allow_inf_nan=False)]
    region: Region
    distance_m: Annotated[float, Field(ge=0, le=50, allow_inf_nan=False)] | None = None
    samples: Annotated[int, Field(ge=1)]
    reference_seen: bool
    core_rule: Name | None = None
    """Which rule made core_c (`contract.verdicts.CoreRule`; a name, so that an older reader takes a newer gate's)."""
    ambient_c: Celsius | None = None
    """How warm the surroundings were; None where the rule does not ask."""
    baseline_shift_c: Celsius = 0.0
    """What the adaptive baseline took off core_c; 0 without one."""
    reference_bodies: tuple[Annotated[int, Field(ge=1)], ...] = ()
    """Which of the gate's heated bodies were seen in every picture behind it, 1 and 2; empty where the gate does not say."""


class Screened(Message):
    """What was checked. A thing not checked is never shown as good."""

    mask: bool = True
    temperature: bool = True


class VisitData(Message):
    """One decision of one visit. A PASS carries a 0.5 degC bin (`core_bin_c`), never the full reading."""

    visit: Name
    revision: Annotated[int, Field(ge=0)]
    verdict: Verdict
    mask: Mask
    reasons: Annotated[tuple[Reason, ...], Field(max_length=16)] = ()
    reading: ReadingData | None = None
    core_bin_c: Celsius | None = None
    screened_for: Screened = Screened()
    first_seen: AwareDatetime
    decided: AwareDatetime
    frames: Annotated[int, Field(ge=0)]
    record_late: bool = False
    replay: bool = False
    badge: Name | None = None
    """Whose staff badge was shown just before, by its number; it never makes a PASS by itself."""
    visitor_pass: Name | None = None
    """The number of the visitor's pass shown just before."""
    code_refused: Name | None = None
    """Why the badge or pass shown just before was not taken (`contract.tokens.Refusal`); `visitor_pass` is then that one."""
    duty: Duty | None = None
    """With a badge it is a staff check, and this says of which part of the shift; the reading is then a full one."""
    hands: Hands | None = None
    """How the hands were disinfected; None where nobody is asked."""


class SnapshotData(Message):
    """Opt-in, pixelated at the source; the picture travels separately, named by its sha256."""

    visit: Name
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    bytes: Annotated[int, Field(gt=0)]
