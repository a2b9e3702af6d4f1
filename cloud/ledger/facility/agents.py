"""What is disinfected with, and whether it was strong enough for long enough."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from cloud.ledger.facility.rules import RoundRules

PPM_PER_PERCENT: Final = 10_000


class Agent(StrEnum):
    """What it was done with."""

    BLEACH_84 = "bleach_84"
    """84 disinfectant, diluted; 5 % available chlorine as it is sold."""
    CHLORINE = "chlorine"
    """Another chlorine disinfectant, such as tablets."""
    ALCOHOL = "alcohol"
    PEROXIDE = "peroxide"
    QUATERNARY = "quaternary"
    HEAT = "heat"
    """Boiled or steamed: tableware and kitchenware."""
    UVC = "uvc"
    OTHER = "other"


BY_CHLORINE: Final = frozenset({Agent.BLEACH_84, Agent.CHLORINE})
"""Whose strength is checked. Of the others only the contact time is, in minutes; their limits are on their label."""
AT_ONCE: Final = frozenset({Agent.ALCOHOL, Agent.HEAT, Agent.UVC})
"""Whose contact time is not that of chlorine: it is asked for and recorded, and no limit is made up."""


class AgentFault(StrEnum):
    """Why a round counts for nothing."""

    NO_STRENGTH = "no_strength"
    TOO_WEAK = "too_weak"
    TOO_STRONG = "too_strong"
    NO_CONTACT = "no_contact"
    TOO_SHORT = "too_short"
    OTHER_AGENT = "other_agent"
    """The asset is to be disinfected with something else."""


def ppm_of(strength_percent: float, parts: float) -> float:
    """Available chlorine in mg/L, of one part in so many parts of the mixture: 5 % at 1:100 gives 500, at 1:200 250."""
    return strength_percent * PPM_PER_PERCENT / parts


def faults(
    agent: Agent, ppm: float | None, contact_min: float | None, prescribed: Agent | None, rules: RoundRules
) -> tuple[AgentFault, ...]:
    """Everything that is wrong with a round; nothing where it counts. What is not known is wrong, not right."""
    found: list[AgentFault] = []
    if prescribed is not None and agent is not prescribed:
        found.append(AgentFault.OTHER_AGENT)
    if agent in BY_CHLORINE:
        found += _strength(ppm, rules)
    if contact_min is None:
        found.append(AgentFault.NO_CONTACT)
    elif agent not in AT_ONCE and not contact_min >= rules.contact_min:
        found.append(AgentFault.TOO_SHORT)
    return tuple(found)


def _strength(ppm: float | None, rules: RoundRules) -> list[AgentFault]:
    if ppm is None:
        return [AgentFault.NO_STRENGTH]
    if not ppm >= rules.low_ppm:  # not `<`: NaN compares false and would count
        return [AgentFault.TOO_WEAK]
    return [] if ppm <= rules.high_ppm else [AgentFault.TOO_STRONG]
