"""The figures of an evaluation; the keys are documented in docs/reference/evaluation.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contract.verdicts import Mask, Verdict
from edge.app.visitors.evaluation import Played, outcomes_of
from edge.app.visitors.interval import mean, quantile, rate
from edge.app.visitors.outcome import STOPS, Cause, Outcome


def summary(streams: Sequence[Played]) -> dict[str, Any]:
    """Shares with Wilson's intervals, times with those of order statistics."""
    found = outcomes_of(streams)
    people = len(found)
    waited_s = [one.waited_s for one in found if one.waited_s is not None]
    paces = [60.0 * len(one.outcomes) / one.seconds for one in streams if one.seconds > 0]
    return {
        "people": people,
        "simulated_s": round(sum(stream.seconds for stream in streams), 1),
        "wrong_passes": _wrong_passes(found),
        "wrong_stops": _wrong_stops(found),
        "cannot_measure": rate(_last(found, Verdict.CANNOT_MEASURE), people),
        "recheck": rate(_last(found, Verdict.RECHECK), people),
        "undecided": rate(sum(one.last is None for one in found), people),
        "fine_not_passed": _fine_not_passed(found),
        "verdict_s": {"median": quantile(waited_s, 0.5), "p95": quantile(waited_s, 0.95), "people": len(waited_s)},
        "people_a_minute": mean(paces),
    }


def _last(found: Sequence[Outcome], verdict: Verdict) -> int:
    return sum(one.last is verdict for one in found)


def _wrong_passes(found: Sequence[Outcome]) -> dict[str, Any]:
    """Of everybody, and by cause: of those with whom that could go wrong."""
    causes = {cause.value: rate(sum(cause in one.wrong_passes for one in found), _could(found, cause)) for cause in Cause}
    return rate(sum(bool(one.wrong_passes) for one in found), len(found)) | {"by_cause": causes}


def _could(found: Sequence[Outcome], cause: Cause) -> int:
    match cause:
        case Cause.NO_MASK:
            return sum(one.mask is Mask.ABSENT for one in found)
        case Cause.WORN_WRONG:
            return sum(one.mask is Mask.WORN_WRONG for one in found)
        case Cause.WARM:
            return sum(one.warm for one in found)
        case Cause.ANOTHER_S:
            return len(found)


def _wrong_stops(found: Sequence[Outcome]) -> dict[str, Any]:
    """Whoever was told to do something about a mask worn well, or sent to the recheck area below the limit."""
    stopped = [one for one in found if one.wrong_stops]
    verdicts = {verdict.value: sum(verdict in one.wrong_stops for one in stopped) for verdict in sorted(STOPS)}
    later = sum(one.last is Verdict.PASS for one in stopped)
    return rate(len(stopped), len(found)) | {"by_verdict": verdicts, "passed_later": later}


def _fine_not_passed(found: Sequence[Outcome]) -> dict[str, Any]:
    """Of those who came with the mask worn well and below the limit: who never got a PASS."""
    fine = [one for one in found if one.mask is Mask.WORN and not one.warm]
    return rate(sum(not one.passed for one in fine), len(fine))
