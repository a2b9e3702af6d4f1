"""What the visitor reads: complete in both languages, polite, and never a word about illness."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from contract.verdicts import PASSING, Reason, Verdict

PAGES = Path(__file__).parents[2] / "edge/kiosk/pages"
WORDS = json.loads((PAGES / "words.json").read_text(encoding="utf-8"))
FORBIDDEN = re.compile(r"fever|infect|\bill\b|sick|disease|virus|发烧|发热|感染|病|异常|高温", re.IGNORECASE)


def pairs() -> list[tuple[str, dict[str, str]]]:
    return [(f"{room}.{key}", pair) for room, words in WORDS.items() for key, pair in words.items()]


@pytest.mark.parametrize("verdict", [*Verdict, "idle", "unknown"])
def test_every_verdict_has_a_prompt(verdict: str) -> None:
    assert set(WORDS["titles"][str(verdict)]) == {"zh", "en"}


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_own_line(reason: Reason) -> None:
    assert set(WORDS["notes"][reason.value]) == {"zh", "en"}


@pytest.mark.parametrize("reason", sorted(PASSING))
def test_a_visitor_who_waits_is_told_what_to_do(reason: Reason) -> None:
    assert set(WORDS["waiting"][reason.value]) == {"zh", "en"}


def test_the_waiting_prompts_differ_from_one_another() -> None:
    said = [pair["zh"] for pair in WORDS["waiting"].values()]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(("key", "pair"), pairs())
def test_every_line_is_said_in_both_languages_and_names_no_illness(key: str, pair: dict[str, str]) -> None:
    """K1: no such word in either catalogue."""
    assert set(pair) == {"zh", "en"}
    for text in pair.values():
        assert text.strip()
        assert not FORBIDDEN.search(text), key


@pytest.mark.parametrize("verdict", [*Verdict, "idle", "unknown"])
def test_every_verdict_has_a_shape(verdict: str) -> None:
    page = (PAGES / "index.html").read_text(encoding="utf-8")
    assert f'<symbol id="shape-{verdict}"' in page


def test_the_idle_text_is_the_notices_own() -> None:
    assert WORDS["titles"]["idle"]["zh"] == "请佩戴口罩并接受体温检测"
