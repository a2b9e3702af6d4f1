"""What the steps of cameras and zone do."""

from __future__ import annotations

from typing import Any

from contract.errors import SettingsError
from edge.app.hardware.find import find
from edge.app.hardware.found import Found
from edge.app.set_up.change import Asked, Changes, set_keys
from edge.app.set_up.choice import choose
from edge.config import GateConfig

_NAMED = frozenset({"colour", "thermal", "barrier"})


class CameraActs:
    """Chosen is by the names of what was found last."""

    def __init__(self, config: GateConfig, changes: Changes) -> None:
        self._config, self._changes = config, changes
        self._found: dict[str, Found] = {}

    def find(self, _: Asked) -> dict[str, Any]:
        """Look for hardware."""
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

    def choose(self, asked: Asked) -> dict[str, Any]:
        """Take these cameras: `colour`, `thermal` (null: none), `apply`."""
        colour, thermal = (self._of(asked[kind]) for kind in ("colour", "thermal"))
        if colour is None and thermal is None:
            raise SettingsError("a gate needs a camera", where="cameras", remedy="Choose one.")
        return self._changes.make(lambda draft: choose(draft, self._config, colour, thermal), apply=bool(asked["apply"]))

    def zone(self, asked: Asked) -> dict[str, Any]:
        """Take this zone: `polygon`, shares of the picture; `apply`."""
        polygon = [[round(float(x), 3), round(float(y), 3)] for x, y in asked["polygon"]]
        return self._changes.make(set_keys({"zone.polygon": polygon}), apply=bool(asked["apply"]))

    def _uses(self, one: Found) -> bool:
        now = self._config.model_dump(mode="json")
        named = {key: value for key, value in one.tables.items() if key in _NAMED}
        return all(now[table].get(key) == value for table, keys in named.items() for key, value in keys.items())

    def _of(self, name: str | None) -> Found | None:
        if name is None:
            return None
        found = self._found.get(name)
        if found is None or found.trouble is not None:
            raise SettingsError(f"{name} is not there", where="cameras", remedy="Look for the hardware again.")
        return found
