"""The settings that stand beside the wiring plans can be loaded, and name the lines that are drawn."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from edge.config import GateConfig

PLANS = Path(__file__).resolve().parents[2] / "firmware_configs" / "wiring"
TABLES = [
    pytest.param(plan, text, id=f"{plan.stem}-{number}")
    for plan in sorted(PLANS.glob("*.md"))
    for number, text in enumerate(re.findall(r"```toml\n(.*?)```", plan.read_text(encoding="utf-8"), re.DOTALL))
]


@pytest.mark.parametrize(("plan", "text"), TABLES)
def test_the_settings_of_a_plan_load(plan: Path, text: str) -> None:
    gate = {
        "gate": "south-1",
        "colour": {"source": "v4l2"},
        "thermal": {"source": "none"},
        "screening": {"temperature": False},
        "uplink": {"database": "gate.db"},
    }
    config = GateConfig.model_validate(gate | tomllib.loads(text))
    room = config.room
    tables = [config.barrier, config.inputs, *([room, room.door, room.motion, room.presence] if room else [])]
    lines = [line for table in tables if table for key, line in table if key.endswith("line") and line is not None]
    drawn = plan.read_text(encoding="utf-8").partition("```toml")[0]
    assert all(f"GPIO{line}" in drawn for line in lines)


def test_every_plan_is_in_the_table() -> None:
    readme = (PLANS / "README.md").read_text(encoding="utf-8")
    assert all(f"]({plan.name})" in readme for plan in PLANS.glob("*.md") if plan.name != "README.md")
