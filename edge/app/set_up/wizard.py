"""What the page of the set-up asks for: how everything stands, and one act at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from contract.errors import MenshenError, SettingsError
from edge.app.hardware.find import find
from edge.app.hardware.found import Found
from edge.app.pairing import pair
from edge.app.rundir import RunDir
from edge.app.set_up.arm_test import ArmTest
from edge.app.set_up.body import FEWEST, Touched, touched
from edge.app.set_up.calibration import Calibration
from edge.app.set_up.change import BY, Changes
from edge.app.set_up.choice import choose
from edge.app.set_up.confirmed import confirm
from edge.app.set_up.facts import facts_of
from edge.app.set_up.shown import cameras_shown, settings_shown
from edge.clock import Clock
from edge.config import GateConfig
from edge.config.draft import Draft
from edge.config.history import formers
from edge.errors import SourceError
from edge.policy.set_up import OPTIONAL, SetUpFacts, Step, missing, steps
from edge.vision.thermal_frame import from_counts

Asked = dict[str, Any]
BOARDS: Final = ("gate", "colour", "thermal", "seen", "uplink", "taking")
_BETWEEN_S: Final = 0.15
_PATIENCE_S: Final = 6.0


class Wizard:
    """Of one running gate. `state` is quick; acts may take seconds: call them from a thread."""

    def __init__(self, rundir: RunDir, config: GateConfig, clock: Clock) -> None:
        self._rundir, self._config, self._clock = rundir, config, clock
        self._boards = {name: rundir.board(name) for name in BOARDS}
        self._looking = rundir.board("looking")
        self._changes = Changes(rundir, clock)
        self._arm = ArmTest(rundir, clock, config.barrier.open_s)
        self._calibration = Calibration(rundir.path)
        self._found: dict[str, Found] = {}
        self._waiting = threading.Event()
        self._acts: dict[str, Callable[[Asked], dict[str, Any]]] = {
            "find": self._find,
            "cameras": self._choose,
            "zone": self._zone,
            "touch": self._touch,
            "reference": self._reference,
            "calibrate": self._calibrate,
            "stop": self._stop,
            "calibrated": self._calibrated,
            "open": self._open,
            "confirm": self._confirm,
            "pair": self._pair,
            "finish": self._finish,
            "undo": lambda _: self._changes.undo(),
        }

    def state(self) -> dict[str, Any]:
        """For the page, which asks about twice a second; the gate is told that somebody looks."""
        self._looking.beat(self._clock.monotonic_s())
        notes = self._notes()
        self._arm.see(notes["gate"])
        facts = facts_of(self._config, notes, self._clock)
        moved = self._arm.moved
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
            "arm_test": None if moved is None else {"opened_s": moved.opened_s, "shut_s": moved.shut_s},
            "reacted": self._arm.reacted,
            "uplink": {name: notes["uplink"].get(name) for name in ("connected", "away", "refused", "certificate_days")},
            "undo": self._undoable(),
        }

    def act(self, name: str, asked: Asked) -> dict[str, Any]:
        """Do one thing. Raises MenshenError where it cannot be done, KeyError for an act that nobody knows.

        ValueError, KeyError and TypeError where what is asked has another form.
        """
        return self._acts[name](asked)

    @property
    def acts(self) -> frozenset[str]:
        return frozenset(self._acts)

    def _notes(self) -> dict[str, dict[str, Any]]:
        return {name: board.read() or {} for name, board in self._boards.items()}

    def _facts(self) -> SetUpFacts:
        return facts_of(self._config, self._notes(), self._clock)

    def _undoable(self) -> dict[str, Any] | None:
        file = self._rundir.settings
        former = None if file is None else next(iter(formers(file)), None)
        return None if former is None else {"at": former.replaced_at.isoformat(timespec="seconds"), "by": former.by}

    # ---- cameras and zone -----------------------------------------------------------------------------------------------

    def _find(self, _: Asked) -> dict[str, Any]:
        self._found = {one.name: one for one in find(self._config)}
        told = [
            {
                "name": one.name,
                "kind": one.kind.value,
                "title": one.title,
                "detail": one.detail,
                "trouble": one.trouble,
                "simulated": one.simulated,
                "used": one.tables != {} and self._uses(one),
            }
            for one in self._found.values()
        ]
        return {"found": told}

    def _uses(self, one: Found) -> bool:
        now = self._config.model_dump(mode="json")
        named = {key: value for key, value in one.tables.items() if key in {"colour", "thermal", "barrier"}}
        return all(now[table].get(key) == value for table, keys in named.items() for key, value in keys.items())

    def _choose(self, asked: Asked) -> dict[str, Any]:
        colour, thermal = (self._of(asked[kind]) for kind in ("colour", "thermal"))
        if colour is None and thermal is None:
            raise SettingsError("a gate needs a camera", where="cameras", remedy="Choose one.")
        return self._changes.make(lambda draft: choose(draft, self._config, colour, thermal), apply=bool(asked["apply"]))

    def _of(self, name: str | None) -> Found | None:
        if name is None:
            return None
        found = self._found.get(name)
        if found is None or found.trouble is not None:
            raise SettingsError(f"{name} is not there", where="cameras", remedy="Look for the hardware again.")
        return found

    def _zone(self, asked: Asked) -> dict[str, Any]:
        polygon = [[round(float(x), 3), round(float(y), 3)] for x, y in asked["polygon"]]
        changes: Asked = {"zone.polygon": polygon}
        if asked.get("min_face") is not None:
            changes["zone.min_face"] = round(float(asked["min_face"]), 3)
        return self._set(changes, apply=bool(asked["apply"]))

    def _set(self, changes: Asked, *, apply: bool) -> dict[str, Any]:
        def edit(draft: Draft) -> None:
            for key, value in changes.items():
                draft.set(key, value)

        return self._changes.make(edit, apply=apply)

    # ---- reference body -------------------------------------------------------------------------------------------------

    def _touch(self, asked: Asked) -> dict[str, Any]:
        found = self._looked_at((float(asked["row"]), float(asked["col"])), float(asked["setpoint_c"]))
        body = found.body
        return {
            "row": body.row,
            "col": body.col,
            "radius_px": body.radius_px,
            "raw_c": None if np.isnan(found.raw_c) else round(found.raw_c, 2),
            "setpoint_c": body.setpoint_c,
            "why": found.why,
        }

    def _looked_at(self, place: tuple[float, float], setpoint_c: float) -> Touched:
        body = self._config.reference
        if body is None:
            raise SettingsError("this gate checks no temperature", where="reference", remedy="Choose a thermal camera first.")
        body = body.model_copy(update={"setpoint_c": setpoint_c})
        return touched(self._thermal_pictures(), place, body, self._config.sensor)

    def _thermal_pictures(self) -> list[NDArray[np.float32]]:
        """Some, over a second or more. Raises SourceError where none come."""
        ring = self._rundir.thermal_ring(self._config)
        if ring is None:
            raise SourceError("this gate has no thermal camera", where='thermal.source = "none"')
        kept: list[NDArray[np.float32]] = []
        until_s, number = self._clock.monotonic_s() + _PATIENCE_S, 0
        while len(kept) < FEWEST and self._clock.monotonic_s() < until_s:
            frame = ring.read(number)
            if frame is not None:
                number = frame.number
                counts = np.asarray(frame.pixels, np.uint16)
                kept.append(from_counts(counts, self._config.sensor.rotate, taken_s=frame.taken_s).celsius)
            self._waiting.wait(_BETWEEN_S)
        ring.close()
        if len(kept) < FEWEST:
            raise SourceError("the thermal camera gives no pictures", where="thermal", remedy="Check its cable and its power.")
        return kept

    def _reference(self, asked: Asked) -> dict[str, Any]:
        names = ("row", "col", "radius_px", "setpoint_c", "uncertainty_c", "emissivity", "distance_m")
        changes = {f"reference.{name}": float(asked[name]) for name in names if asked.get(name) is not None}
        return self._set(changes, apply=bool(asked["apply"]))

    # ---- calibration ----------------------------------------------------------------------------------------------------

    def _calibrate(self, _: Asked) -> dict[str, Any]:
        settings = self._changes.file
        when = self._clock.wall().strftime("%Y%m%dT%H%M%S")
        self._calibration.start(settings.with_name(f"{settings.stem}.calibration-{when}.toml"))
        return {}

    def _stop(self, _: Asked) -> dict[str, Any]:
        self._calibration.stop()
        return {}

    def _calibrated(self, asked: Asked) -> dict[str, Any]:
        file = self._calibration.made
        if file is None:
            raise SettingsError("nothing was calibrated yet", where="registration", remedy="Calibrate first.")
        return self._changes.make(partial(_mapped_by, file=file), apply=bool(asked["apply"]))

    # ---- barrier, and the end -------------------------------------------------------------------------------------------

    def _open(self, asked: Asked) -> dict[str, Any]:
        if asked.get("nobody_under") is not True:
            raise MenshenError("say first that nobody is under the arm", where="barrier")
        moved = self._arm.open()
        return {"opened_s": moved.opened_s, "shut_s": moved.shut_s}

    def _confirm(self, asked: Asked) -> dict[str, Any]:
        step = Step(asked["step"])
        if step is Step.BARRIER:
            self._refuse_untested()
        confirm(self._config, step, self._changes.file)
        return {}

    def _refuse_untested(self) -> None:
        """Raises MenshenError where the arm or a wired input was not seen to do what it must."""
        if self._arm.moved is None or not self._arm.moved.works:
            raise MenshenError("the arm was not seen to open and to shut", where="barrier", remedy="Open it once.")
        wired = {"arm_clear": getattr(self._config.barrier, "arm_clear_line", None), "fire": self._config.inputs.fire_line}
        silent = [name for name, line in wired.items() if line is not None and not self._arm.reacted[name]]
        if silent:
            raise MenshenError(
                f"not seen to react: {', '.join(silent)}",
                where="barrier",
                remedy="Step into the light barrier; open the contact.",
            )

    def _pair(self, asked: Asked) -> dict[str, Any]:
        paired = pair(self._changes.file, str(asked["url"]) or None, str(asked["token"]), self._clock, BY)
        return {"broker": paired.broker, "away": paired.away, "ask": self._changes.ask()}

    def _finish(self, asked: Asked) -> dict[str, Any]:
        left = missing(self._facts())
        if left:
            raise SettingsError(f"still to do: {', '.join(left)}", where="set_up", remedy="Do these steps first.")
        return self._changes.make(lambda draft: draft.unset("set_up"), apply=bool(asked["apply"]))


def _mapped_by(draft: Draft, file: Path) -> None:
    draft.set("registration", {"file": file.name})
