"""What `menshen-edge check` says of the barrier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from edge.app.probes import PROBES
from edge.config import GateConfig
from edge.errors import BarrierError
from tests.actuators.shelly import shelly


def found(folder: Path, *, simulated: bool = False, **tables: Any) -> str | None:
    colour = "simulated" if simulated else "v4l2"
    return PROBES["barrier"](
        GateConfig.model_validate(
            {
                "gate": "south-1",
                "colour": {"source": colour},
                "thermal": {"source": "none"},
                "screening": {"temperature": False},
                "simulation": {"circuit": simulated},
                "uplink": {"database": folder / "gate.db"},
                **tables,
            }
        )
    )


def test_a_relay_that_answers_works_and_moves_nothing(tmp_path: Path) -> None:
    with shelly() as relay:
        assert found(tmp_path, barrier={"kind": "http", "url": relay.url}) == "http, the fire contact is not read"
        assert not relay.on
        assert relay.asked == ["/rpc/Switch.GetStatus?id=0"]


def test_a_relay_that_is_away_is_named(tmp_path: Path) -> None:
    with pytest.raises(BarrierError, match="does not answer"):
        found(tmp_path, barrier={"kind": "http", "url": "http://127.0.0.1:9", "deadline_s": 0.1})


def test_a_machine_without_gpio_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BarrierError, match=r"barrier\.line = 17: the GPIO line cannot be had .*menshen\[pi\]"):
        found(tmp_path, barrier={"kind": "pulse", "line": 17})


def test_a_simulated_circuit_is_called_so(tmp_path: Path) -> None:
    assert found(tmp_path, simulated=True, barrier={"kind": "pulse", "line": 17}) == "pulse, on a simulated circuit"
