"""The supervisor's side of new settings: hears that they are asked for, says what came of it, and has the former ones back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from contract.errors import MenshenError, SettingsError
from contract.settings_file import text_of
from edge.app.calibration.age import refuse_stale
from edge.app.kiosk_port import with_port
from edge.app.rundir import RunDir
from edge.clock import Clock
from edge.config import GateConfig
from edge.config.effect import ANSWERED, ASKED, Answer, Ask, State
from edge.config.history import begin_trial, bring_back, end_trial, on_trial
from edge.config.tree import gate_of
from edge.supervisor import Fails

log = logging.getLogger("menshen.supervisor")

ARM_S: Final = 30.0
"""Longer than a passage; in a fire the arm is up for good, and hardware holds it."""


class Taking:
    """Of one settings file. At most one ask is at work; one that comes meanwhile waits until it is answered."""

    def __init__(self, file: Path, rundir: RunDir, clock: Clock) -> None:
        self._file, self._clock = file, clock
        self._works = text_of(file)
        self._tried = self._works
        self._former: GateConfig | None = None
        self._since: tuple[Ask, float] | None = None
        self.look_at(rundir)
        self._ask = self._newest()
        self._go_on_trying()

    def look_at(self, rundir: RunDir) -> None:
        """From now on the run's folder is this one."""
        self._asked, self._answered, self._gate = (rundir.board(name) for name in (ASKED, ANSWERED, "gate"))

    def wanted(self, now: GateConfig) -> GateConfig | None:
        """Settings to be started with instead of `now`, where somebody asked. Those that cannot be are taken back at once."""
        ask = self._newest()
        if ask is None or ask == self._ask or self._former is not None or not self._nobody_walks(ask):
            return None
        self._ask = ask
        try:
            self._tried = text_of(self._file)
            config = with_port(gate_of(self._tried, self._file), now.kiosk.port)
            refuse_stale(config, self._clock.wall())
        except MenshenError as wrong:
            self._bring_back(str(wrong))
            return None
        self._former = now
        self._note(lambda: begin_trial(self._file, self._works))
        self._answer(State.STARTING, "")
        return config

    def _nobody_walks(self, ask: Ask) -> bool:
        """Whether the arm is down: it would fall when the loop ends. Not waited for longer than ARM_S."""
        now_s = self._clock.monotonic_s()
        if self._since is None or self._since[0] != ask:
            self._since = (ask, now_s)
        is_open = bool((self._gate.read() or {}).get("barrier_open"))
        return not is_open or now_s - self._since[1] > ARM_S

    def heard(self, judged: Fails | bool) -> GateConfig | None:
        """What became of the settings that are tried. Returns the former ones where they have to come back."""
        if self._former is None or judged is False:
            return None
        former, self._former = self._former, None
        self._note(lambda: end_trial(self._file))
        if judged is True:
            self._works = self._tried
            self._answer(State.TAKEN, "")
            return None
        self._bring_back(judged.why)
        return former

    def _go_on_trying(self) -> None:
        """The power failed, or somebody stopped the gate, before anybody knew whether it comes up with these: try them now."""
        try:
            works = on_trial(self._file)
            if works is not None and works != self._works:
                self._former = with_port(gate_of(works, self._file))
                self._works, self._ask = works, Ask.fresh("an earlier start")
        except MenshenError as wrong:
            log.warning("what the gate worked with before cannot be had: %s", wrong)

    def _note(self, what: Callable[[], None]) -> None:
        """Beside the file; without it a power failure just now would leave nothing to go back to, and that is all."""
        try:
            what()
        except (MenshenError, OSError) as refused:
            log.warning("the trial of the settings could not be noted: %s", refused)

    def _bring_back(self, why: str) -> None:
        """The file as the gate works with it, unless somebody has written another one meanwhile: then that is theirs."""
        try:
            if text_of(self._file) == self._tried:
                bring_back(self._file, self._works, "gate", self._clock.wall())
        except SettingsError as refused:
            log.error("the former settings file could not be brought back: %s", refused)  # noqa: TRY400 the sentence is enough
        self._answer(State.BACK, why)

    def _newest(self) -> Ask | None:
        note = self._asked.read()
        return None if note is None else Ask.of(note)

    def _answer(self, state: State, why: str) -> None:
        if self._ask is None:
            return
        level = logging.ERROR if state is State.BACK else logging.INFO
        log.log(level, "new settings, asked for by %s: %s%s", self._ask.by, state.value, f" ({why})" if why else "")
        now_s = self._clock.monotonic_s()
        self._answered.post(Answer(self._ask.name, state, why, now_s).note(), now_s)
