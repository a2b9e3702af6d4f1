"""The screens have a Chinese word for every deed that the cloud writes into the audit."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from cloud.api.alarms import _AUDITED
from cloud.ledger.casework import Step
from cloud.store.register import LEFT
from cloud.store.reporting.book import BEGAN
from cloud.store.staff.entries import EntryKind
from tests.web.scripted_cloud import DIST

CLOUD = DIST.parents[1]
ACTION = {"note": 2, "_note": 3, "_save": 2}
"""Which argument of these says what was done."""


def written() -> Iterator[str]:
    """What the cloud's code notes, where it says so in so many words."""
    for path in CLOUD.rglob("*.py"):
        if "node_modules" in path.parts:
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if len(call.args) > ACTION.get(name, 99):
                said = [one for one in ast.walk(call.args[ACTION[name]]) if isinstance(one, ast.Constant)]
                yield from (str(one.value) for one in said if not isinstance(call.args[ACTION[name]], ast.JoinedStr))


def test_every_deed_has_a_chinese_word() -> None:
    deeds = {
        *written(),
        *_AUDITED.values(),
        BEGAN,
        LEFT,
        *(f"case: {one}" for one in Step),
        *(f"staff: {one}" for one in EntryKind),
    }
    table = (CLOUD / "web" / "src" / "words" / "deed_words.ts").read_text(encoding="utf-8")
    known = set(re.findall(r'^  "([^"]+)": "', table, re.MULTILINE))
    assert len(deeds) > 60, "the code was read"
    assert deeds - known == set()
