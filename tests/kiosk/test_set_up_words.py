"""What the set-up says: every word that the page asks for, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

from edge.app.hardware.found import Kind
from edge.policy.set_up import Need, Step

STATIC = Path(__file__).parents[2] / "edge/kiosk/technician/pages/static"
WORDS: dict[str, dict[str, str]] = json.loads((STATIC / "set_up_words.json").read_text(encoding="utf-8"))
SAID = re.compile(r'say\(([^()]*"[a-z_]+"[^()]*)\)|say\(`([a-z_]+)\$')


def test_every_sentence_is_said_in_both_languages_with_the_same_values() -> None:
    for key, pair in WORDS.items():
        assert set(pair) == {"zh", "en"}, key
        assert all(text.strip() for text in pair.values()), key
        assert len({frozenset(re.findall(r"\{\w+\}", text)) for text in pair.values()}) == 1, key


def test_every_word_that_the_page_asks_for_is_there() -> None:
    for file in [*STATIC.glob("step_*.js"), STATIC / "set_up.js", STATIC / "ask.js"]:
        for plain, begun in SAID.findall(file.read_text(encoding="utf-8")):
            assert set(re.findall(r'"([a-z_]+)"', plain)) - {"good", "fair", "busy"} <= WORDS.keys(), (file.name, plain)
            assert not begun or any(key.startswith(begun) for key in WORDS), (file.name, begun)


def test_every_step_has_a_name_a_heading_and_an_explanation() -> None:
    for step in Step:
        assert {f"step_{step}", f"title_{step}", f"intro_{step}"} <= WORDS.keys()
    assert {need.value for need in Need} <= WORDS.keys()
    assert {f"kind_{kind}" for kind in Kind if kind not in {Kind.COLOUR, Kind.THERMAL}} <= WORDS.keys()
