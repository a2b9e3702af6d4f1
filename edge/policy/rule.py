"""The rule of the gate: what the person must do next, from facts alone.

PASS holds if and only if every conjunct of `_passes` holds. Everything else is a named reason to wait, to go to the
staffed lane, or to do something about the mask. A missing temperature never opens the barrier: unknown is not healthy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from contract.verdicts import PASSING, Mask, Reason, Verdict
from edge.policy.acclimatise import TELLING, Acclimatisation, Skin
from edge.policy.reading import Reading, Unmeasured
from edge.policy.view import ADVICE
from edge.policy.vote import MaskVote

MIN_FRAMES: Final = 5
MIN_SPAN_S: Final = 0.5
MASK_FRESH_S: Final = 0.5
READING_FRESH_S: Final = 2.0
MAX_GAP_S: Final = 0.3
MIN_SAMPLES: Final = 3
AHEAD_S: Final = 0.1
"""Evidence may be so much newer than the clock says; what is dated further ahead is no evidence."""
PASS_LASTS_S: Final = 3.0
PATIENCE_S: Final = 20.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What this site screens for, and against which limit.

    Attributes:
        mask, temperature: whether each is checked at all.
        limit_c: core-equivalent temperature at and above which a person is asked to the recheck area, degrees Celsius.
        guard_band_c: taken off the limit; 0 unless the site chose one.
        max_uncertainty_c: of the sensor's profile; a reading less certain is none.
        low_core_c: below it a reading says more about the thermometer, or about the weather, than about the person.
        advisory: whether the sensor is of a kind whose readings only advise: at the limit they send to the recheck area, below
            it to a person with a thermometer; nobody passes by them.
        staff_only: whether nobody but staff is let in here; a badge shows who is.
        key_area: whether nobody is let in here but those whom a list names by what they show.
        hands: whether nobody is let in before their hands are disinfected.
        refusals: asked about the mask so often, a visitor gets a guard called; 0: never.
        acclimatisation: how long people need inside before their skin says anything; None where nobody asks.
    """

    mask: bool
    temperature: bool
    limit_c: float
    guard_band_c: float = 0.0
    max_uncertainty_c: float = 0.5
    low_core_c: float = 34.5
    advisory: bool = False
    staff_only: bool = False
    key_area: bool = False
    hands: bool = False
    refusals: int = 3
    acclimatisation: Acclimatisation | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rule may look at.

    Attributes:
        now_s: monotonic time of the decision.
        fault: why the gate itself cannot judge anybody now; None where it can.
        in_zone: visits in the gate zone.
        near: whether the face is large enough.
        mask: the vote over the frames of this track.
        reading: newest combined temperature of this visit, or why there is none.
        gap_s: longest gap in the track since its evidence began.
        waiting_s: how long this visit has been told to wait without a break.
        skin: whether it says anything yet.
        staff: whether this visitor has shown a good staff badge.
        listed: whether this visitor has shown a badge or pass that the list of this area names.
        clean: whether this visitor's hands are disinfected, or said to be.
    """

    now_s: float
    fault: Reason | None
    in_zone: int
    near: bool
    mask: MaskVote
    reading: Reading | Unmeasured
    gap_s: float
    waiting_s: float
    skin: Skin = Skin.UNKNOWN
    staff: bool = False
    listed: bool = False
    clean: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and, where it is not simply good or simply about the mask, why."""

    verdict: Verdict
    reason: Reason | None = None


def decide(facts: Facts, limits: Limits) -> Decision:
    """Say what the person must do next. WAIT that lasts longer than PATIENCE_S becomes CANNOT_MEASURE."""
    decision = _decide(facts, limits)
    if decision.verdict is Verdict.WAIT and facts.waiting_s >= PATIENCE_S:
        return Decision(Verdict.CANNOT_MEASURE, decision.reason)
    return decision


def _decide(facts: Facts, limits: Limits) -> Decision:
    if facts.fault is not None:
        return Decision(Verdict.WAIT if facts.fault in PASSING else Verdict.CANNOT_MEASURE, facts.fault)
    if facts.in_zone != 1:
        return Decision(Verdict.WAIT, Reason.ONE_AT_A_TIME)
    if not facts.near:
        return Decision(Verdict.WAIT, Reason.APPROACH)
    measured = _measured(facts, limits)
    if measured.verdict is Verdict.RECHECK:
        return measured
    if limits.staff_only and not facts.staff:
        return Decision(Verdict.NOT_ADMITTED, Reason.STAFF_ONLY)
    if limits.key_area and not facts.listed:
        return Decision(Verdict.NOT_ADMITTED, Reason.NOT_LISTED)
    masked = _masked(facts, limits)
    if masked.verdict is not Verdict.PASS:
        return masked
    if measured.verdict is Verdict.PASS and limits.hands and not facts.clean:
        return Decision(Verdict.WAIT, Reason.WASH_HANDS)
    if measured.verdict is Verdict.PASS and not _passes(facts, limits):
        return Decision(Verdict.WAIT, Reason.GATHERING)
    return measured


def _measured(facts: Facts, limits: Limits) -> Decision:
    """The temperature alone."""
    if not limits.temperature:
        return Decision(Verdict.PASS)
    match facts.reading:
        case Unmeasured(reason=reason) if reason in PASSING:
            return Decision(Verdict.WAIT, reason)
        case Unmeasured(reason=reason):
            return _settled(Decision(Verdict.CANNOT_MEASURE, reason), facts.skin)
        case Reading() as reading:
            return _settled(_read(reading, facts.now_s, limits), facts.skin)


def _settled(measured: Decision, skin: Skin) -> Decision:
    """What a temperature means where skin is not the person's own yet. Cold only takes away: who reads too warm is."""
    match skin:
        case Skin.SETTLED | Skin.UNKNOWN:
            return measured
        case Skin.FROM_COLD if measured.verdict is Verdict.RECHECK:
            return measured
        case Skin.FROM_COLD | Skin.FROM_HEAT:
            told = measured.verdict in {Verdict.PASS, Verdict.RECHECK} or measured.reason is Reason.COLD_SKIN
            return Decision(Verdict.CANNOT_MEASURE, Reason.ACCLIMATISE) if told else measured


def _read(reading: Reading, now_s: float, limits: Limits) -> Decision:
    """A reading alone. Each condition says what must hold and is negated, so that NaN fails it."""
    if not _fresh(now_s - reading.taken_s, READING_FRESH_S) or reading.samples < MIN_SAMPLES:
        return Decision(Verdict.WAIT, Reason.GATHERING)
    if not reading.reference_seen:
        return Decision(Verdict.CANNOT_MEASURE, Reason.REFERENCE_LOST)
    if not reading.uncertainty_c <= limits.max_uncertainty_c:
        return Decision(Verdict.CANNOT_MEASURE, Reason.UNCERTAIN)
    if not below(reading, limits):
        return Decision(Verdict.RECHECK)
    if not reading.core_c >= limits.low_core_c:
        return Decision(Verdict.CANNOT_MEASURE, Reason.COLD_SKIN)
    if limits.advisory:
        return Decision(Verdict.CANNOT_MEASURE, Reason.ADVISORY)
    return Decision(Verdict.PASS)


def below(reading: Reading, limits: Limits) -> bool:
    """Whether the temperature is under the limit. NaN is not."""
    return reading.core_c < limits.limit_c - limits.guard_band_c


def _masked(facts: Facts, limits: Limits) -> Decision:
    """The mask alone."""
    if not limits.mask:
        return Decision(Verdict.PASS)
    if not _enough(facts.mask, facts.now_s):
        return Decision(Verdict.WAIT, _too_few(facts.mask))
    match facts.mask.mask:
        case Mask.WORN:
            return Decision(Verdict.PASS)
        case Mask.ABSENT:
            return Decision(Verdict.PUT_ON_MASK)
        case Mask.WORN_WRONG:
            return Decision(Verdict.FIX_MASK)
        case Mask.UNSURE:
            return Decision(Verdict.WAIT, _unsure(facts.mask))


def _too_few(mask: MaskVote) -> Reason:
    """Frames are on their way, or there are enough of them and the view is too poor to count them."""
    return Reason.GATHERING if mask.limit is None or mask.poor < MIN_FRAMES else ADVICE[mask.limit]


def _unsure(mask: MaskVote) -> Reason:
    """What limits the view; where nothing does, something that is no mask must be before mouth or nose."""
    return Reason.FACE_COVERED if mask.limit is None else ADVICE[mask.limit]


def _enough(mask: MaskVote, now_s: float) -> bool:
    return mask.frames >= MIN_FRAMES and mask.span_s >= MIN_SPAN_S and _fresh(now_s - mask.newest_s, MASK_FRESH_S)


def _fresh(age_s: float, most_s: float) -> bool:
    """Whether evidence of this age counts. NaN does not."""
    return -AHEAD_S <= age_s <= most_s


def _passes(facts: Facts, limits: Limits) -> bool:
    """Every conjunct of PASS, written out once more and together, so that no order of cases above can lose one."""
    mask_good = not limits.mask or (facts.mask.mask is Mask.WORN and _enough(facts.mask, facts.now_s))
    reading = facts.reading
    reading_good = not limits.temperature or (
        isinstance(reading, Reading)
        and below(reading, limits)
        and reading.core_c >= limits.low_core_c
        and _fresh(facts.now_s - reading.taken_s, READING_FRESH_S)
        and reading.reference_seen
        and reading.samples >= MIN_SAMPLES
        and reading.uncertainty_c <= limits.max_uncertainty_c
        and not limits.advisory
        and facts.skin in TELLING
    )
    return (
        facts.fault is None
        and facts.in_zone == 1
        and facts.near
        and (facts.staff or not limits.staff_only)
        and (facts.listed or not limits.key_area)
        and (facts.clean or not limits.hands)
        and mask_good
        and reading_good
        and facts.gap_s <= MAX_GAP_S
        and (limits.mask or limits.temperature)
    )
