"""New settings are taken when the gate comes up with them; what is merely missing is no reason to take them back."""

from __future__ import annotations

from edge.supervisor import Fails, Trial
from edge.supervisor.trial import MOST_RESTARTS, STEADY_S, WITHIN_S

BEGAN_S = 100.0
NEVER = {"gate": 0.0, "uplink": 0.0, "kiosk": 0.0}
QUIET = {"colour": 0, "gate": 0, "uplink": 0, "kiosk": 0}


def beating(now_s: float) -> dict[str, float]:
    return {"gate": now_s, "uplink": now_s, "kiosk": now_s}


def test_a_gate_that_makes_its_rounds_and_goes_on_doing_so_has_taken_them() -> None:
    trial = Trial(BEGAN_S)
    assert trial.judge(103.0, beating(103.0), QUIET) is False
    assert trial.judge(103.0 + STEADY_S - 0.1, beating(105.0), QUIET) is False
    assert trial.judge(103.0 + STEADY_S, beating(106.0), QUIET) is True


def test_rounds_that_were_made_with_the_former_settings_are_none() -> None:
    trial = Trial(BEGAN_S)
    assert trial.judge(BEGAN_S + STEADY_S, beating(BEGAN_S - 1.0), QUIET) is False
    assert trial.judge(BEGAN_S + 2 * STEADY_S, beating(BEGAN_S - 1.0), QUIET) is False


def test_a_loop_that_makes_no_round_in_its_time_fails_and_is_named() -> None:
    trial = Trial(BEGAN_S)
    beats_s = beating(101.0) | {"gate": 0.0}
    assert trial.judge(BEGAN_S + WITHIN_S, beats_s, QUIET) is False
    judged = trial.judge(BEGAN_S + WITHIN_S + 0.1, beats_s, QUIET)
    assert isinstance(judged, Fails)
    assert judged.why.startswith("gate made no round")


def test_a_process_that_ends_again_and_again_fails_without_waiting_for_the_rest() -> None:
    judged = Trial(BEGAN_S).judge(102.0, NEVER, QUIET | {"kiosk": MOST_RESTARTS})
    assert isinstance(judged, Fails)
    assert judged.why == "kiosk ended again and again"


def test_one_that_ended_once_begins_the_steady_time_anew() -> None:
    trial = Trial(BEGAN_S)
    trial.judge(101.0, beating(101.0), QUIET)
    assert trial.judge(101.0 + STEADY_S, beating(104.0), QUIET | {"uplink": 1}) is False
    assert trial.judge(101.0 + STEADY_S + 0.1, beating(104.0), QUIET | {"uplink": 1}) is False
    assert trial.judge(101.2 + 2 * STEADY_S, beating(107.0), QUIET | {"uplink": 1}) is True


def test_a_camera_that_never_beats_is_a_state_and_no_reason() -> None:
    trial = Trial(BEGAN_S)
    trial.judge(101.0, beating(101.0) | {"colour": 0.0}, QUIET)
    assert trial.judge(101.0 + STEADY_S, beating(104.0) | {"colour": 0.0}, QUIET) is True
