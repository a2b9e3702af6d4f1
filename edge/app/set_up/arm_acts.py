"""What the step of the barrier does, and when somebody may call it right."""

from __future__ import annotations

from typing import Any

from contract.errors import MenshenError
from edge.app.set_up.arm_test import ArmTest
from edge.app.set_up.change import Asked
from edge.config import GateConfig


class ArmActs:
    """One test, until the gate starts again."""

    def __init__(self, config: GateConfig, test: ArmTest) -> None:
        self._config, self._test = config, test

    def open(self, asked: Asked) -> dict[str, Any]:
        """Open once; `nobody_under`: somebody has looked."""
        if asked.get("nobody_under") is not True:
            raise MenshenError("say first that nobody is under the arm", where="barrier")
        moved = self._test.open()
        return {"opened_s": moved.opened_s, "shut_s": moved.shut_s}

    def refuse_untested(self) -> None:
        """Raises MenshenError where the arm, or an input that is wired, was not seen to do what it must."""
        if self._test.moved is None or not self._test.moved.works:
            raise MenshenError("the arm was not seen to open and to shut", where="barrier", remedy="Open it once.")
        wired = {"arm_clear": getattr(self._config.barrier, "arm_clear_line", None), "fire": self._config.inputs.fire_line}
        silent = [name for name, line in wired.items() if line is not None and not self._test.reacted[name]]
        if silent:
            raise MenshenError(
                f"not seen to react: {', '.join(silent)}",
                where="barrier",
                remedy="Step into the light barrier; open the contact.",
            )

    @property
    def told(self) -> dict[str, Any]:
        """For the page."""
        moved = self._test.moved
        seen = None if moved is None else {"opened_s": moved.opened_s, "shut_s": moved.shut_s}
        return {"arm_test": seen, "reacted": self._test.reacted}
