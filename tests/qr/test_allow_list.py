"""A key area: who is on its list, by what they show, and what becomes of a list that cannot be read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from contract.errors import SettingsError
from contract.tokens import Token, TokenKind
from edge.config import GateConfig
from edge.qr.allow_list import AllowList, read_list
from tests.qr.codes import NOW_S, SITE, Signer
from tests.qr.test_watch import CLOUD, Before


def token(holder: str, kind: TokenKind = TokenKind.BADGE) -> Token:
    return Token(kind, holder, SITE, NOW_S, NOW_S + 60)


def write(path: Path, text: str) -> Path:
    """In one step, as whoever keeps the list should."""
    path.with_suffix(".new").write_text(text, encoding="utf-8")
    os.replace(path.with_suffix(".new"), path)  # noqa: PTH105
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "allowed.json", json.dumps({"badges": ["s-17"], "passes": ["p-4"], "classes": ["driver"]}))


@pytest.mark.parametrize(
    ("shown", "named"),
    [
        (token("s-17"), True),
        (token("s-18"), False),
        (token("p-4"), False),  # a badge of that number is another thing than the pass
        (token("p-4", TokenKind.PASS), True),
        (token("driver:3"), True),
        (token("driver:9", TokenKind.PASS), True),
        (token("driver"), False),
        (token("drivers:1"), False),
    ],
)
def test_badges_and_passes_are_named_one_by_one_and_drivers_as_a_class(path: Path, shown: Token, named: bool) -> None:
    assert AllowList.of(path).names(shown) is named


def test_a_list_that_changes_is_read_again_and_a_broken_one_names_nobody(path: Path) -> None:
    allowed = AllowList.of(path)
    assert not allowed.look()
    write(path, '{"badges": ["s-18"]}')
    assert allowed.look()
    assert (allowed.names(token("s-17")), allowed.names(token("s-18"))) == (False, True)
    for broken in ("{", "[]", '{"badges": "s-18"}', '{"badgers": ["s-18"]}', '{"badges": ["s 18"]}'):
        write(path, broken)
        assert allowed.look()
        assert str(path) in allowed.trouble
        assert not allowed.names(token("s-18"))
    path.unlink()
    assert allowed.look()
    assert "there is no such list" in allowed.trouble
    write(path, '{"badges": ["s-18"]}')
    assert allowed.look()
    assert (allowed.trouble, allowed.names(token("s-18"))) == ("", True)


def test_a_misspelt_key_is_named_with_the_right_one(path: Path) -> None:
    write(path, '{"badgers": []}')
    with pytest.raises(SettingsError, match=r"unknown key `badgers`.*Did you mean `badges`"):
        read_list(path)


def test_the_gate_is_told_whether_who_shows_a_code_is_on_the_list(tmp_path: Path, path: Path) -> None:
    before = Before(tmp_path, AllowList.of(path))
    for text, listed in ((CLOUD.badge("s-17"), True), (CLOUD.badge("s-18"), False), (CLOUD.visitor_pass("p-4"), True)):
        (told,) = before.hold(text, 0.4)
        assert told["listed"] is listed
        bearer = before.shown.of("v1", before.clock.now_s)
        assert bearer is not None
        assert bearer.listed is listed


def test_a_list_that_breaks_is_in_the_health_message_and_takes_nothing_from_who_stands_there(tmp_path: Path, path: Path) -> None:
    before = Before(tmp_path, AllowList.of(path))
    before.hold(CLOUD.badge("s-17"), 0.4)
    assert before.shown.of("v1", before.clock.now_s) is not None
    write(path, "{")
    before.hold(None, 0.4)
    assert before.shown.notes == {"allow_list": "unreadable"}
    assert before.shown.of("v2", before.clock.now_s) is None, "what was shown once is not shown again"
    assert before.shown.of_visit("v1").badge == "s-17"
    write(path, "{}")
    before.hold(None, 0.4)
    assert before.shown.notes == {}


@pytest.mark.parametrize(
    ("admission", "wrong"),
    [({"key_area": True}, "allow_list"), ({"key_area": True, "allow_list": "allowed.json"}, r"key_area.*qr\.keys is empty")],
)
def test_a_key_area_that_can_let_nobody_in_is_refused(admission: dict[str, object], wrong: str) -> None:
    tree = {"gate": "vault", "uplink": {"database": "/tmp/gate.db"}, "screening": {"temperature": False}}
    cameras = {"colour": {"source": "simulated"}, "thermal": {"source": "none"}}
    with pytest.raises(ValidationError, match=wrong):
        GateConfig.model_validate({**tree, **cameras, "admission": admission})


def test_a_camera_that_reads_no_codes_guards_no_key_area() -> None:
    tree = {"gate": "vault", "uplink": {"database": "/tmp/gate.db"}, "screening": {"temperature": False, "mask": False}}
    cameras = {"colour": {"source": "thermal"}, "thermal": {"source": "simulated"}}
    asked = {"admission": {"key_area": True, "allow_list": "a.json"}, "qr": {"keys": [Signer().public]}}
    with pytest.raises(ValidationError, match="can read no code"):
        GateConfig.model_validate({**tree, **cameras, **asked})
