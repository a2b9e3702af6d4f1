"""The form on the technician's page: every key is in it with its limits, what is typed becomes what is meant, secrets stay."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from contract.settings_page import page
from edge.config import GateConfig
from edge.config.draft import Draft
from edge.config.filled import CAREFUL, careful, fill, shown
from edge.config.form import Kind, entries, form
from edge.kiosk.technician.page import PAGES

SIMULATED = Path(__file__).parents[2] / "firmware_configs" / "gates" / "simulated.toml"
CAMERA = "rtsp://admin:s3cret@10.0.0.7/1"
MASKED = "rtsp://•••@10.0.0.7/1"


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    file = tmp_path / "gate.toml"
    file.write_bytes(SIMULATED.read_bytes())
    return Draft.of(file)


def documented_keys() -> set[str]:
    """Every key of the reference page, with its table."""
    found, table, many = set(), "", False
    for line in page(GateConfig, "", "").splitlines():
        if heading := re.match(r"## (?:`(\[?)\[(.*?)\]+`|At the top)", line):
            many, table = bool(heading[1]), heading[2] or ""
        if many:
            continue  # tables that may stand there more than once are not in the form
        if row := re.match(r"\| `(\w+)` \|", line):
            found.add(f"{table}.{row[1]}" if table else row[1])
    return found


def test_every_key_of_the_reference_is_in_the_form() -> None:
    choosers = {f"{table.path}.{table.chooser}" for table in form() if table.chooser}
    missing = documented_keys() - entries().keys() - choosers
    assert {key for key in missing if not key.startswith("registration.calibrated")} == set()
    assert len(entries()) > 150


def test_limits_defaults_and_choices_are_those_of_the_models() -> None:
    (limit,) = entries()["screening.limit_c"]
    assert (limit.kind, limit.least, limit.most, limit.default) == (Kind.NUMBER, 35, 42, 37.3)
    (seconds,) = entries()["acclimatisation.dwell_s"]
    assert (seconds.above, seconds.most) == (0, 3600)
    (way,) = entries()["kiosk.lane_way"]
    assert way.choices == ("left", "right", "ahead", "back")
    assert (entries()["kiosk.mirror"][0].kind, entries()["zone.polygon"][0].kind) == (Kind.SWITCH, Kind.JSON)
    assert entries()["admission.opening_hours"][0].kind is Kind.LINES
    assert entries()["zone.polygon"][0].default == [[0.1, 0.0], [0.9, 0.0], [0.9, 1.0], [0.1, 1.0]]
    tables = {table.path: table for table in form()}
    assert [one.name for one in tables["barrier"].variants][:2] == ["log", "pulse"]
    assert (tables["barrier"].default, tables["reference"].may_lack, tables["screening"].may_lack) == ("log", True, False)


def test_every_table_and_key_has_a_name_in_both_languages() -> None:
    labels = json.loads((PAGES / "static" / "labels.json").read_text(encoding="utf-8"))
    assert {table.path for table in form()} <= labels["tables"].keys()
    names = {*entries(), *(f"{table.path}.{table.chooser}" for table in form() if table.chooser)}
    assert [key for key in names if not {key, key.rpartition(".")[2]} & labels["keys"].keys()] == []
    pairs = [pair for table in labels.values() for pair in table.values()]
    assert all(pair.keys() == {"zh", "en"} and all(pair.values()) for pair in pairs)


def test_no_key_holds_a_secret_itself() -> None:
    """Passwords and private keys stand in files of their own; a key that breaks with that must be hidden from the page."""
    suspects = [key for key in entries() if re.search(r"password|secret|token|private|(^|_)pin($|_)", key)]
    assert [key for key in suspects if not key.endswith("_file")] == []


def test_what_is_typed_becomes_what_is_meant(draft: Draft) -> None:
    typed = {
        "screening.limit_c": " 37,5 ",
        "screening.refusals": "4",
        "kiosk.mirror": "false",
        "kiosk.lane_way": "left",
        "admission.opening_hours": "mon-fri 08:30-12:00\n\n sat 09:00-12:00 ",
        "zone.polygon": "[[0, 0], [1, 0], [1, 1]]",
        "uplink.broker.host": "broker.local",
        "reference.distance_m": "1.5",
    }
    assert fill(draft, typed) == []
    config = draft.checked()
    assert (config.screening.limit_c, config.screening.refusals, config.kiosk.mirror) == (37.5, 4, False)
    assert (config.kiosk.lane_way, config.admission.opening_hours) == ("left", ["mon-fri 08:30-12:00", "sat 09:00-12:00"])
    assert (config.zone.polygon[1], config.uplink.broker.host) == ([1, 0], "broker.local")
    assert config.bodies[0].distance_m == 1.5


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("screening.limit_c", "warm", "no number"),
        ("screening.limit_c", "nan", "no number"),
        ("screening.refusals", "3.5", "no whole number"),
        ("kiosk.mirror", "perhaps", "neither true nor false"),
        ("zone.polygon", "0.1, 0.2", "in brackets"),
        ("screening.limit", "37", "unknown key"),
        ("barrier.kind", "rope", "no such kind"),
    ],
)
def test_what_means_nothing_is_refused_beside_its_key_and_changes_nothing(draft: Draft, key: str, text: str, says: str) -> None:
    (fault,) = fill(draft, {key: text})
    assert fault.key == key
    assert says in fault.what
    assert draft.differences() == []


def test_another_kind_of_a_table_loses_the_keys_it_does_not_have(draft: Draft) -> None:
    assert fill(draft, {"thermal.source": "lepton_uvc"}) == []
    assert draft.get("thermal") == {"source": "lepton_uvc"}
    assert fill(draft, {"thermal.source": "simulated", "thermal.fps": "9"}) == []
    assert draft.get("thermal") == {"source": "simulated", "fps": 9.0}


def test_a_table_that_may_lack_is_added_by_filling_it_in_and_taken_out_whole(draft: Draft) -> None:
    far = {"second_reference.row": "60", "second_reference.col": "140", "second_reference.setpoint_c": "36"}
    assert fill(draft, far) == []
    assert len(draft.checked().bodies) == 2
    assert fill(draft, {"second_reference": None}) == []
    assert draft.differences() == []


def test_the_password_in_an_address_is_hidden_kept_and_never_sent_elsewhere(draft: Draft) -> None:
    draft.set("colour", {"source": "rtsp", "url": CAMERA})
    assert shown(draft.get("colour.url")) == MASKED
    assert fill(draft, {"colour.url": MASKED}) == []
    assert draft.get("colour.url") == CAMERA
    (fault,) = fill(draft, {"colour.url": MASKED.replace("10.0.0.7", "evil.example")})
    assert "write the whole address anew" in fault.what
    assert draft.get("colour.url") == CAMERA


def test_what_lets_people_pass_moves_the_arm_or_locks_out_is_careful() -> None:
    asked = ("barrier.kind", "barrier.line", "screening.limit_c", "technician.listen", "inputs.fire_line")
    assert all(careful(key) for key in asked)
    assert not any(careful(key) for key in ("kiosk.mirror", "gate_name", "screening.refusals"))
    tables = {table.path for table in form()}
    assert all(key in entries() or key in tables for key in CAREFUL), "a key that was renamed is careful no more"
