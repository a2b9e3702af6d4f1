"""Settings, log and self-test: everything the pages can say is in the catalogue, and what the gate refuses has Chinese words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from edge.config.draft import Draft
from edge.config.filled import fill
from edge.kiosk.technician.page import PAGES

STATIC = PAGES / "static"
WORDS = json.loads((STATIC / "words.json").read_text(encoding="utf-8"))
SIMULATED = Path(__file__).parents[2] / "firmware_configs" / "gates" / "simulated.toml"
SAID = re.compile(r'(?:word|told)\("(\w+)"')
SCRIPTS = ("frame.js", "settings.js", "entry.js", "log.js", "self_test.js")


@pytest.mark.parametrize("page", ["settings.html", "log.html", "self_test.html"])
def test_every_word_of_a_page_is_in_the_catalogue(page: str) -> None:
    words = set(re.findall(r'data-word="(\w+)"', (PAGES / page).read_text(encoding="utf-8")))
    assert words <= WORDS["page"].keys()
    assert len(words) >= 5


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_word_a_script_says_is_in_the_catalogue(script: str) -> None:
    text = (STATIC / script).read_text(encoding="utf-8")
    rooms = {f"nav_{name}" for name in re.findall(r'\["(\w+)", "/', text)}
    assert {*SAID.findall(text), *rooms} <= WORDS["page"].keys()


@pytest.mark.parametrize(
    ("key", "typed", "zh"),
    [
        ("screening.limit_c", "73", "应不大于 {1}"),
        ("kiosk.port", "-1", "应不小于 {1}"),
        ("record.recipient", "me", "格式不对"),
        ("sensor.rotate", "45", "应为 {1} 的倍数"),
        ("screening.refusals", "x", "不是整数"),
        ("technician.listen", "here", "不是 IP 地址"),
        ("thermal.source", "isapi", "必须填写"),
        ("barrier.kind", "self_timing", "必须填写"),
    ],
)
def test_what_is_usually_wrong_is_said_in_chinese_too(key: str, typed: str, zh: str) -> None:
    draft = Draft.of(SIMULATED)
    faults = fill(draft, {key: typed}) or draft.faults()
    patterns = [pair["zh"] for pattern, pair in WORDS["faults"].items() if re.search(pattern, faults[0].what)]
    assert patterns[:1] == [zh], faults[0].what
