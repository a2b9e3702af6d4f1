"""What the page of the set-up asks for: how everything stands, and one act at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from contract.errors import SettingsError
from edge.app.pairing import pair
from edge.app.rundir import RunDir
from edge.app.set_up.arm_acts import ArmActs
from edge.app.set_up.arm_test import ArmTest
from edge.app.set_up.body_acts import BodyActs
from edge.app.set_up.calibration import Calibration
from edge.app.set_up.calibration_acts import CalibrationActs
from edge.app.set_up.camera_acts import CameraActs
from edge.app.set_up.change import BY, Asked, Changes
from edge.app.set_up.confirmed import confirm
from edge.app.set_up.facts import facts_of
from edge.app.set_up.shown import cameras_shown, settings_shown
from edge.clock import Clock
from edge.config import GateConfig
from edge.config.history import formers
from edge.policy.set_up import OPTIONAL, Step, missing, steps

BOARDS: Final = ("gate", "colour", "thermal", "seen", "uplink", "taking")


class Wizard:
    """Of one running gate. `state` is quick; acts may take seconds: call them from a thread."""

    def __init__(self, rundir: RunDir, config: GateConfig, clock: Clock) -> None:
        self._rundir, self._config, self._clock = rundir, config, clock
        self._boards = {name: rundir.board(name) for name in BOARDS}
        self._looking = rundir.board("looking")
        self._changes = Changes(rundir, clock)
        self._calibration, self._test = Calibration(rundir.path), ArmTest(rundir, clock, config.barrier.open_s)
        self._arm = ArmActs(config, self._test)
        self._acts = self._table()

    def _table(self) -> dict[str, Callable[[Asked], dict[str, Any]]]:
        cameras = CameraActs(self._config, self._changes)
        body = BodyActs(self._config, self._rundir, self._changes, self._clock)
        calibration = CalibrationActs(self._calibration, self._changes, self._clock)
        return {
            "find": cameras.find,
            "cameras": cameras.choose,
            "zone": cameras.zone,
            "touch": body.touch,
            "reference": body.take,
            "calibrate": calibration.start,
            "stop": calibration.stop,
            "calibrated": calibration.take,
            "open": self._arm.open,
            "confirm": self._confirm,
            "pair": self._pair,
            "finish": self._finish,
            "undo": lambda _: self._changes.undo(),
        }

    @property
    def acts(self) -> frozenset[str]:
        return frozenset(self._acts)

    def act(self, name: str, asked: Asked) -> dict[str, Any]:
        return self._acts[name](asked)

    def state(self) -> dict[str, Any]:
        """For the page, which asks about twice a second; the gate is told that somebody looks."""
        self._looking.beat(self._clock.monotonic_s())
        notes = self._notes()
        self._test.see(notes["gate"])
        facts = facts_of(self._config, notes, self._clock)
        return {
            "gate": self._config.gate,
            "steps": {step.value: need.value for step, need in steps(facts).items()},
            "optional": [step.value for step in OPTIONAL],
            "missing": [step.value for step in missing(facts)],
            "settings": settings_shown(self._config),
            "cameras": cameras_shown(self._config, notes),
            "taking": notes["taking"] or None,
            "calibration": self._calibration.state,
            "arm": {name: notes["gate"].get(name) for name in ("barrier_open", "arm_clear", "fire", "in_zone")},
            **self._arm.told,
            "uplink": {name: notes["uplink"].get(name) for name in ("connected", "away", "refused", "certificate_days")},
            "undo": self._undoable(),
        }

    def _notes(self) -> dict[str, dict[str, Any]]:
        return {name: board.read() or {} for name, board in self._boards.items()}

    def _undoable(self) -> dict[str, Any] | None:
        file = self._rundir.settings
        former = None if file is None else next(iter(formers(file)), None)
        return None if former is None else {"at": former.replaced_at.isoformat(timespec="seconds"), "by": former.by}

    def _confirm(self, asked: Asked) -> dict[str, Any]:
        step = Step(asked["step"])
        if step is Step.BARRIER:
            self._arm.refuse_untested()
        confirm(self._config, step, self._changes.file)
        return {}

    def _pair(self, asked: Asked) -> dict[str, Any]:
        paired = pair(self._changes.file, str(asked["url"]) or None, str(asked["token"]), self._clock, BY)
        return {"broker": paired.broker, "away": paired.away, "ask": self._changes.ask()}

    def _finish(self, asked: Asked) -> dict[str, Any]:
        left = missing(facts_of(self._config, self._notes(), self._clock))
        if left:
            raise SettingsError(f"still to do: {', '.join(left)}", where="set_up", remedy="Do these steps first.")
        return self._changes.make(lambda draft: draft.unset("set_up"), apply=bool(asked["apply"]))
