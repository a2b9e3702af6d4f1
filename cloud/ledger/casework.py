"""What is done about one person, and what is missing before the case may be closed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from contract.messages.alert import AlertKind


class Step(StrEnum):
    """One entry of a case. Entries are added, never changed; the newest of a kind counts."""

    TAKEN = "taken"
    SECOND_READING = "second_reading"
    SYMPTOMS = "symptoms"
    ANSWERS = "answers"
    REPORTED = "reported"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"


class Symptom(StrEnum):
    """What a guard sees or is told; the cameras see none of it."""

    FEVER = "fever"
    COLD = "cold"
    COUGH = "cough"
    RESPIRATORY = "respiratory_infection"
    OTHER = "other"


class Site(StrEnum):
    """Where a contact thermometer was held."""

    EAR = "ear"
    ORAL = "oral"
    ARMPIT = "armpit"
    FOREHEAD = "forehead"


class CaseOutcome(StrEnum):
    NOT_ADMITTED = "not_admitted"
    FALSE_ALARM = "false_alarm"
    """The gate was wrong: the second reading is below the limit, and there are no symptoms."""
    HELPED = "helped"
    """Somebody who could not go through by himself."""
    LEFT = "left"
    """Gone before anybody could look."""


class Mistake(StrEnum):
    """Why the gate was wrong, as far as the guard can tell."""

    SUN_OR_HEATING = "sun_or_heating"
    EXERTION = "exertion"
    HOT_FOOD_OR_DRINK = "hot_food_or_drink"
    HAIR_GLASSES_HAT = "hair_glasses_hat"
    ANOTHER_PERSON = "another_person"
    DEVICE = "device"
    UNKNOWN = "unknown"


OUTCOMES: Final[dict[str, tuple[CaseOutcome, ...]]] = {
    AlertKind.RECHECK: (CaseOutcome.NOT_ADMITTED, CaseOutcome.FALSE_ALARM, CaseOutcome.LEFT),
    AlertKind.GUARD_NEEDED: (CaseOutcome.HELPED, CaseOutcome.NOT_ADMITTED, CaseOutcome.LEFT),
}
"""How a case of each kind may end."""


@dataclass(frozen=True, slots=True)
class Work:
    """What has been entered so far.

    Attributes:
        second_c: of the contact thermometer, None where nobody has measured.
        symptoms: None where nobody has looked; empty where there are none.
        unanswered: questions still open under the version that is asked.
        answered: whether anything was answered at all.
    """

    kind: str
    second_c: float | None = None
    symptoms: tuple[Symptom, ...] | None = None
    unanswered: tuple[str, ...] = ()
    answered: bool = False
    reported: bool = False


class Missing(StrEnum):
    """Why a case cannot be closed so."""

    OUTCOME = "outcome"  # a case of this kind does not end so
    SECOND_READING = "second_reading"
    SYMPTOMS = "symptoms"
    ANSWERS = "answers"
    REPORT = "report"
    REASON = "reason"
    BELOW_LIMIT = "below_limit"  # a false alarm has a second reading below the limit and no symptoms


def suspected(work: Work, limit_c: float) -> bool:
    """Whether this person is a suspected case: measured a second time at or above the limit, or with a symptom."""
    return bool(work.symptoms) or (work.second_c is not None and work.second_c >= limit_c)


def missing(work: Work, outcome: CaseOutcome, limit_c: float, *, reason: bool) -> list[Missing]:
    """What is still to be done. `limit_c`: of the contact thermometer; `reason`: whether one was given."""
    if outcome not in OUTCOMES.get(work.kind, tuple(CaseOutcome)):
        return [Missing.OUTCOME]
    match outcome:
        case CaseOutcome.FALSE_ALARM:
            return _of_a_false_alarm(work, limit_c, reason=reason)
        case CaseOutcome.NOT_ADMITTED:
            return _of_a_refusal(work, limit_c, reason=reason)
        case CaseOutcome.HELPED:
            return [Missing.BELOW_LIMIT] if suspected(work, limit_c) else []
        case CaseOutcome.LEFT:
            return [] if reason else [Missing.REASON]


def may_report(work: Work) -> bool:
    """Asked and verified first, then reported; nothing else stands in the way."""
    return work.answered and not work.unanswered


def _of_a_false_alarm(work: Work, limit_c: float, *, reason: bool) -> list[Missing]:
    wanted = [
        (Missing.SECOND_READING, work.second_c is None),
        (Missing.SYMPTOMS, work.symptoms is None),
        (Missing.BELOW_LIMIT, suspected(work, limit_c)),
        (Missing.REASON, not reason),
    ]
    return [what for what, lacks in wanted if lacks]


def _of_a_refusal(work: Work, limit_c: float, *, reason: bool) -> list[Missing]:
    """For a mask alone a reason is enough; a suspected case is asked and reported."""
    unseen = work.kind == AlertKind.RECHECK and work.second_c is None and not work.symptoms
    asked = suspected(work, limit_c)
    wanted = [
        (Missing.SECOND_READING, unseen),
        (Missing.SYMPTOMS, work.symptoms is None),
        (Missing.ANSWERS, (asked or unseen) and not may_report(work)),
        (Missing.REPORT, asked and not work.reported),
        (Missing.REASON, not asked and not reason),
    ]
    return [what for what, lacks in wanted if lacks]
