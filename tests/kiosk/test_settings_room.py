"""Changing settings from the page: only who is in, only this page, only what was checked and meant, and never a password."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from edge.board import Board
from edge.config import load_gate
from edge.config.draft import Draft
from edge.config.effect import Answer, Ask, State
from edge.config.history import formers
from edge.kiosk.technician.desk import Desk
from tests.clocks import FakeClock
from tests.kiosk.looked_at import PIN, LookedAt, serving

SIMULATED = Path(__file__).parents[2] / "firmware_configs" / "gates" / "simulated.toml"
SECRET = "s3cret"
RTSP = f'[colour]\nsource = "rtsp"\nurl = "rtsp://admin:{SECRET}@10.0.0.7/1"'


class AtTheDesk:
    """A desk with its file and boards; the test is page and supervisor."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "gate.toml"
        self.file.write_bytes(SIMULATED.read_bytes())
        self.asked, self.answered = Board.create(folder / "asked"), Board.create(folder / "answered")
        self.clock = FakeClock()
        self.desk = Desk(self.file, self.asked, self.answered, self.clock)

    @property
    def digest(self) -> str:
        return str(self.desk.form()["digest"])


@pytest.fixture
def at(tmp_path: Path) -> AtTheDesk:
    return AtTheDesk(tmp_path)


def test_what_would_change_is_told_and_nothing_is_written(at: AtTheDesk) -> None:
    said = at.desk.tried({"kiosk.mirror": "false", "screening.limit_c": "37.5"}, at.digest)
    assert said["differences"] == [
        {"key": "kiosk.mirror", "old": None, "new": False},
        {"key": "screening.limit_c", "old": None, "new": 37.5},
    ]
    assert (said["careful"], said["faults"]) == (["screening.limit_c"], [])
    assert at.file.read_bytes() == SIMULATED.read_bytes()
    assert at.asked.read() is None


def test_a_change_is_kept_and_the_supervisor_is_asked_to_take_it(at: AtTheDesk) -> None:
    said = at.desk.kept({"kiosk.mirror": "false"}, at.digest, [])
    note = at.asked.read()
    assert note is not None
    assert said == {"ask": Ask.of(note).name}
    assert load_gate(at.file).kiosk.mirror is False


def test_what_lets_people_pass_is_not_kept_without_its_own_confirmation(at: AtTheDesk) -> None:
    changes = {"screening.limit_c": "39", "kiosk.mirror": "false"}
    assert at.desk.kept(changes, at.digest, [])["unsure"] == ["screening.limit_c"]
    assert at.desk.kept(changes, at.digest, ["kiosk.mirror"])["unsure"] == ["screening.limit_c"]
    assert at.file.read_bytes() == SIMULATED.read_bytes()
    assert "ask" in at.desk.kept(changes, at.digest, ["screening.limit_c"])


def test_what_the_gate_would_refuse_is_told_beside_its_key_in_the_gates_words(at: AtTheDesk) -> None:
    said = at.desk.kept({"kiosk.port": "99999", "screening.refusals": "many"}, at.digest, [])
    assert [one["key"] for one in said["faults"]] == ["screening.refusals"], "what means nothing comes first"
    said = at.desk.kept({"kiosk.port": "99999", "sensor.rotate": "45"}, at.digest, [])
    assert [one["key"] for one in said["faults"]] == ["sensor.rotate", "kiosk.port"]
    assert "less than or equal to 65535" in said["faults"][1]["what"]
    assert at.file.read_bytes() == SIMULATED.read_bytes()
    assert at.asked.read() is None


def test_a_form_that_is_older_than_the_file_changes_nothing(at: AtTheDesk) -> None:
    old = at.digest
    at.desk.kept({"kiosk.mirror": "false"}, old, [])
    for said in (at.desk.kept({"kiosk.mirror": "true"}, old, []), at.desk.tried({}, old), at.desk.undone(old)):
        assert "changed by somebody else" in said["faults"][0]["what"]
    assert load_gate(at.file).kiosk.mirror is False


def test_undo_says_what_it_would_do_and_does_it(at: AtTheDesk) -> None:
    assert at.desk.form()["undo"] is None
    at.desk.kept({"kiosk.mirror": "false"}, at.digest, [])
    undoable = at.desk.form()["undo"]
    assert undoable["differences"] == [{"key": "kiosk.mirror", "old": False, "new": None}]
    assert undoable["by"] == "technician"
    assert "ask" in at.desk.undone(at.digest)
    assert at.file.read_bytes() == SIMULATED.read_bytes()
    assert at.desk.undone(at.digest)["faults"][0]["what"].startswith("nothing was changed")


def test_no_password_leaves_in_form_difference_refusal_or_undo(at: AtTheDesk) -> None:
    text = SIMULATED.read_text().replace('[colour]\nsource = "simulated"', RTSP)
    at.file.write_text(text)
    answers: list[Any] = [at.desk.form()]
    answers.append(at.desk.tried({"colour.url": "rtsp://guest:other@10.0.0.8/1", "kiosk.port": "-1"}, at.digest))
    answers.append(at.desk.tried({"colour.source": "simulated"}, at.digest))
    answers.append(at.desk.tried({"colour.width": "1"}, at.digest))
    answers.append(at.desk.kept({"colour.url": "rtsp://guest:other@10.0.0.8/1"}, at.digest, []))
    answers.append(at.desk.form())
    said = json.dumps(answers, ensure_ascii=False)
    assert "rtsp://•••@10.0.0.7/1" in said
    assert SECRET not in said
    assert "other@" not in said


def test_what_came_of_it_is_told(at: AtTheDesk) -> None:
    assert at.desk.answer() == {}
    at.clock.advance(10.0)
    at.answered.post(Answer("a1", State.BACK, "kiosk ended again and again", at.clock.monotonic_s() - 2.0).note(), 1.0)
    said = at.desk.answer()
    assert (said["ask"], said["state"], said["why"], said["for_s"]) == ("a1", "back", "kiosk ended again and again", 2.0)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    gate = LookedAt(tmp_path / "run")
    file = tmp_path / "gate.toml"
    file.write_bytes(SIMULATED.read_bytes())
    gate.rundir._settings.symlink_to(file)
    with serving(gate), httpx.Client(verify=False, base_url=gate.address, timeout=20) as made:
        made.headers["origin"] = gate.address.rstrip("/")
        yield made


def test_nobody_but_who_is_in_and_no_other_page_reads_or_changes_anything(client: httpx.Client, tmp_path: Path) -> None:
    told = ("/settings/form", "/settings/answer", "/log/lines", "/about")
    done = ("/settings/try", "/settings/keep", "/settings/undo", "/self-test/run")
    assert {client.get(path).status_code for path in told} == {401}
    assert {client.post(path, json={}).status_code for path in done} == {401}
    assert client.get("/settings").headers["location"] == "/"
    client.post("/enter", json={"pin": PIN})
    assert {client.get(path).status_code for path in told} == {200}
    assert {client.post(path, json={}, headers={"origin": "https://evil.example"}).status_code for path in done} == {403}
    form = client.get("/settings/form").json()
    assert client.post("/settings/keep", json={"digest": form["digest"], "change": {}}).status_code == 422
    assert client.post("/settings/keep", content=b"x" * 100_000).status_code == 422
    wrong = client.post("/settings/try", json={"digest": form["digest"], "changes": {"gate": "NO SPACES"}})
    assert (wrong.status_code, wrong.json()["faults"][0]["key"]) == (409, "gate")
    kept = client.post("/settings/keep", json={"digest": form["digest"], "changes": {"kiosk.mirror": "false"}})
    assert kept.status_code == 200
    assert Draft.of(tmp_path / "gate.toml").get("kiosk.mirror") is False
    assert [one.by for one in formers(tmp_path / "gate.toml")] == ["technician"]
    for path in ("/settings", "/log", "/self-test"):
        page = client.get(path)
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-store"
