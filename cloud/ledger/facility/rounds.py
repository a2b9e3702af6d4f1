"""A round that somebody says was made, and what stands behind it: manual and measured are told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cloud.ledger.facility.agents import Agent, AgentFault
from cloud.ledger.facility.rules import RoundRules


class Evidence(StrEnum):
    """What was handed over with a round."""

    NONE = "none"
    TAG = "tag"
    """The asset's printed code was scanned."""
    SENSOR = "sensor"
    """The asset's sensor is asked."""
    PHOTO = "photo"
    """A photograph taken on the spot."""


class Trust(StrEnum):
    """What stands behind it. Only `measured` says something of the disinfection.

    `scanned`: somebody had the tag's code. `photographed`: there is a photograph, which nobody has judged.
    """

    MEASURED = "measured"
    SCANNED = "scanned"
    PHOTOGRAPHED = "photographed"
    UNVERIFIED = "unverified"


class Doubt(StrEnum):
    """Why a round is unverified."""

    NO_EVIDENCE = "no_evidence"
    SCANNED_AGAIN = "scanned_again"
    """The same tag was scanned a moment before: one visit is one round."""
    TAG_UNKNOWN = "tag_unknown"
    """The code is not that of the asset's tag, or not any more."""
    SENSOR_SILENT = "sensor_silent"
    DOSE_NOT_REACHED = "dose_not_reached"
    """A run of a UV-C lamp was measured and did not give enough, or the asset names a number that does not say so."""
    PHOTO_AGAIN = "photo_again"
    """The same photograph was handed over before."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round as it was judged when it was entered.

    Attributes:
        done_ms: when it was done, as the person's phone says, never after at_ms.
        at_ms: when this server heard of it; late: too long after it was done.
        ppm: available chlorine in mg/L; None where it is not known. measured_ppm: whether a sensor says so.
        faults: why it counts for nothing; empty where it counts.
        photo_sha256: of the photograph, in hexadecimal; empty where there is none. It may have had its time.
    """

    number: int
    asset: int
    done_ms: int
    at_ms: int
    user: str
    agent: Agent
    ppm: float | None
    contact_min: float | None
    trust: Trust
    doubt: Doubt | None = None
    faults: tuple[AgentFault, ...] = ()
    late: bool = False
    measured_ppm: bool = False
    dilution: str = ""
    photo_sha256: str = ""

    @property
    def counts(self) -> bool:
        return not self.faults


def believed(
    evidence: Evidence,
    done_ms: int,
    earlier: Iterable[Round],
    rules: RoundRules,
    *,
    holds: bool,
    of_sensor: Doubt | None = None,
) -> tuple[Trust, Doubt | None]:
    """What stands behind a round.

    `earlier`: the asset's other rounds. `holds`: the code is that of its tag, its sensor has a reading of that time, or the
    photograph is a new one. `of_sensor`: why its sensor shows nothing; None where that is not known.
    """
    match evidence:
        case Evidence.NONE:
            return Trust.UNVERIFIED, Doubt.NO_EVIDENCE
        case Evidence.SENSOR:
            return (Trust.MEASURED, None) if holds else (Trust.UNVERIFIED, of_sensor or Doubt.SENSOR_SILENT)
        case Evidence.PHOTO:
            return (Trust.PHOTOGRAPHED, None) if holds else (Trust.UNVERIFIED, Doubt.PHOTO_AGAIN)
        case Evidence.TAG:
            if not holds:
                return Trust.UNVERIFIED, Doubt.TAG_UNKNOWN
            near = any(one.trust is Trust.SCANNED and abs(done_ms - one.done_ms) < rules.again_ms for one in earlier)
            return (Trust.UNVERIFIED, Doubt.SCANNED_AGAIN) if near else (Trust.SCANNED, None)
