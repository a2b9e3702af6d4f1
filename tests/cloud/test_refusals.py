"""A refusal is told by a code and in English by the cloud, and in both languages by the screen."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from string import Formatter
from typing import Final

import pytest

from cloud.refusals import CODES, Code, RefusedError
from tests.cloud.server import Served

ROOT: Final = Path(__file__).parents[2]
WORDS: Final = ROOT / "cloud/web/src/words/refusal_words.ts"
LINE: Final = re.compile(r'^  (\w+): \{ zh: "(.+)", en: "(.+)" \},$', re.MULTILINE)
FOR_MACHINES: Final = {"api/enrol.py", "api/metrics.py", "api/refused.py"}
"""Gates and collectors of figures read these; no screen shows them."""


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def raised() -> list[tuple[str, str, set[str]]]:
    """Every place where something is refused with a code: file and line, code, what it names."""
    found = []
    for path in sorted((ROOT / "cloud").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(args=[ast.Attribute(value=ast.Name(id="Code"), attr=name)], keywords=said):
                    names = {one.arg for one in said if one.arg}
                    found.append((f"{path.relative_to(ROOT)}:{node.lineno}", name, names))
                case _:
                    pass
    return found


def test_every_refusal_is_said_in_both_languages() -> None:
    said = {code: (zh, en) for code, zh, en in LINE.findall(WORDS.read_text(encoding="utf-8"))}
    assert set(said) == set(CODES)
    for one in Code:
        zh, en = said[one.code]
        assert places(zh) <= places(one.sentence), one
        assert places(en) <= places(one.sentence), one
        assert re.search(r"[\u4e00-\u9fff]", zh), one
        assert not re.search(r"[\u4e00-\u9fff]", en), one


def test_whoever_refuses_names_what_the_sentence_names() -> None:
    found = raised()
    assert len(found) > 80
    for where, name, named in found:
        assert named == places(Code[name].sentence), where


def test_no_screen_meets_a_refusal_without_a_code() -> None:
    bare = [path for path in (ROOT / "cloud").rglob("*.py") if re.search(r"\bHTTPException\(", path.read_text(encoding="utf-8"))]
    assert {str(path.relative_to(ROOT / "cloud")) for path in bare} <= FOR_MACHINES


def test_the_codes_stand_in_the_description_of_the_interface() -> None:
    described = json.loads((ROOT / "docs/reference/openapi.json").read_text(encoding="utf-8"))
    assert described["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == list(CODES)


def test_a_refusal_from_further_down_is_an_error_in_words() -> None:
    refused = RefusedError(Code.CANNOT_END, id="case-1", outcome="helped", missing=["symptoms", "reason"])
    assert str(refused) == "case-1 cannot end as helped: symptoms, reason missing"
    assert str(RefusedError(Code.LAST_ADMINISTRATOR)).startswith("this is the last administrator")


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code", "values"),
    [
        ("POST", "/api/queue/alarm-9/acknowledge", None, 404, "not_there", {"id": "alarm-9"}),
        ("GET", "/api/visits?gate=gate-9", None, 404, "no_gate", {"gate": "gate-9"}),
        ("POST", "/api/alarms/alarm-1/shelve", {"reason": "x", "minutes": 5}, 422, "invalid", {"field": ["body.reason"]}),
    ],
)
def test_an_answer_has_code_and_values(
    served: Served, method: str, path: str, body: object, status: int, code: str, values: dict[str, object]
) -> None:
    with served.client() as client:
        answer = client.request(method, path, json=body)
    assert (answer.status_code, answer.json()["code"], answer.json()["values"]) == (status, code, values)


def test_a_stranger_and_another_site_have_codes_too(served: Served) -> None:
    with served.client(signed_in=False) as stranger:
        assert stranger.get("/api/snapshot").json()["code"] == "not_signed_in"
        elsewhere = stranger.post("/api/session", json={}, headers={"Origin": "https://elsewhere.test"})
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "other_site")
