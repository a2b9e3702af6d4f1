"""A technician changes settings: what was written by hand stays, what cannot be is refused, and every step can be taken back."""

from __future__ import annotations

import os
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract.errors import SettingsError
from edge.config import history, load_gate
from edge.config.draft import Difference, Draft
from edge.config.history import Why, formers, keep, undo

EXAMPLES = sorted((Path(__file__).parents[2] / "firmware_configs" / "gates").glob("*.toml"))
SIMULATED = next(file for file in EXAMPLES if file.name == "simulated.toml")
NOW = datetime(2026, 11, 22, 16, 3, 4, tzinfo=UTC)

CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "gate": st.sampled_from(["north-1", "north-2"]),
    "screening.limit_c": st.floats(37.0, 38.0).map(lambda value: round(value, 2)),
    "screening.refusals": st.integers(0, 20),
    "kiosk.mirror": st.booleans(),
    "admission.opening_hours": st.lists(st.sampled_from(["mon-fri 08:30-12:00", "sat 09:00-12:00"]), max_size=2),
    "uplink.broker.host": st.sampled_from(["broker.local", "通道.local", 'a"b\\c']),
    "uplink.broker.port": st.integers(1, 65535),
    "zone.polygon": st.just([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]),
}
STEP = st.one_of([st.tuples(st.just(key), st.one_of(st.none(), value)) for key, value in CHANGES.items()])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    copy = tmp_path / "gate.toml"
    copy.write_bytes(SIMULATED.read_bytes())
    return copy


def changed(file: Path, key: str, value: Any) -> Draft:
    draft = Draft.of(file)
    draft.set(key, value)
    return draft


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_a_draft_in_which_nothing_is_changed_is_the_file_itself(example: Path) -> None:
    draft = Draft.of(example)
    draft.set("gate", draft.get("gate"))
    draft.unset("kiosk.voice")
    assert draft.text.encode() == example.read_bytes()
    assert draft.differences() == []


def test_one_key_changes_one_line_and_comments_stay(file: Path) -> None:
    draft = changed(file, "simulation.seed", 7)
    old, new = file.read_text().splitlines(), draft.text.splitlines()
    assert [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]] == [("seed = 1", "seed = 7")]
    assert draft.differences() == [Difference("simulation.seed", 1, 7)]


def test_a_value_taken_out_again_with_its_table_leaves_the_file_as_it_was(file: Path) -> None:
    draft = changed(file, "uplink.broker.port", 1884)
    draft.set("screening.limit_c", 37.2)
    assert draft.checked().screening.limit_c == 37.2
    draft.unset("screening.limit_c")
    draft.unset("uplink.broker.port")
    assert draft.differences() == []
    assert draft.checked() == load_gate(file)


def test_a_table_made_of_another_kind_keeps_its_place_and_loses_the_old_kinds_keys(file: Path) -> None:
    draft = changed(file, "thermal", {"source": "v4l2", "rows": 120, "cols": 160})
    assert draft.get("thermal") == {"source": "v4l2", "rows": 120, "cols": 160}
    assert draft.text.index("[thermal]") < draft.text.index("[reference]")


@given(steps=st.lists(STEP, min_size=1, max_size=6))
@settings(max_examples=15, deadline=None)
def test_whatever_is_set_stands_in_the_text_and_nothing_else_changes(steps: list[tuple[str, Any]]) -> None:
    draft, wanted = Draft.of(SIMULATED), {}
    for key, value in steps:
        wanted[key] = value
        if value is None and key != "gate":
            draft.unset(key)
        elif value is not None:
            draft.set(key, value)
    said = Draft.of(SIMULATED).replaced_by(draft.text)
    assert {key: said.get(key) for key, value in wanted.items() if value is not None} == {
        key: value for key, value in wanted.items() if value is not None
    }
    assert {one.key for one in draft.differences()} <= wanted.keys()
    assert all(line in draft.text for line in SIMULATED.read_text().splitlines() if line.startswith("#"))
    assert tomllib.loads(draft.text)["thermal"] == {"source": "simulated", "fps": 25.0}


@given(steps=st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.data()), min_size=1, max_size=4), example=st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_kept_step_by_step_is_undone_step_by_step_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, st.DataObject]], example: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("gate") / "gate.toml"
    file.write_bytes(SIMULATED.read_bytes().replace(b"\n", example.draw(st.sampled_from([b"\n", b"\r\n"]))))
    said = [file.read_bytes()]
    for key, data in steps:
        keep(changed(file, key, data.draw(CHANGES[key])), "a test", NOW)
        if file.read_bytes() != said[-1]:
            said.append(file.read_bytes())
    for text in reversed(said[:-1]):
        undo(file, "a test", NOW)
        assert file.read_bytes() == text
    with pytest.raises(SettingsError, match="nothing was changed"):
        undo(file, "a test", NOW)


def test_what_the_gate_would_refuse_is_not_kept_and_the_refusal_names_key_value_and_remedy(file: Path) -> None:
    draft = changed(file, "screening.limit_c", 73.3)
    with pytest.raises(SettingsError, match=r"`screening.limit_c` = 73.3: .*less than or equal to 42") as refusal:
        keep(draft, "a test", NOW)
    assert (refusal.value.key, refusal.value.where, refusal.value.remedy) == (
        "screening.limit_c",
        str(file),
        "Correct the value.",
    )
    assert file.read_bytes() == SIMULATED.read_bytes()
    assert formers(file) == []


def test_everything_that_is_wrong_is_told_at_once(file: Path) -> None:
    draft = changed(file, "screening.limit_c", 73.3)
    draft.set("kiosk.port", "8600")
    draft.set("kiosk.mirrow", True)
    assert [one.key for one in draft.faults()] == ["kiosk.mirrow", "screening.limit_c", "kiosk.port"]


def test_a_rule_between_tables_is_told_without_a_key(file: Path) -> None:
    (fault,) = (
        changed(file, "screening.mask", False)
        .replaced_by(SIMULATED.read_text().replace('kind = "log"', 'kind = "pulse"\nline = 17'))
        .faults()
    )
    assert fault.key is None
    assert "a replay must not open a gate" in fault.what


def test_a_file_that_somebody_else_changed_meanwhile_is_not_overwritten(file: Path) -> None:
    mine = changed(file, "simulation.seed", 7)
    keep(changed(file, "simulation.seed", 8), "another", NOW)
    with pytest.raises(SettingsError, match="changed by somebody else"):
        keep(mine, "a test", NOW)
    assert load_gate(file).simulation.seed == 8


def test_what_was_undone_can_be_had_again(file: Path) -> None:
    keep(changed(file, "simulation.seed", 7), "technician", NOW)
    tried = file.read_bytes()
    undo(file, "technician", NOW)
    (kept,) = formers(file)
    assert (kept.why, kept.by, kept.replaced_at) == (Why.UNDONE, "technician", NOW)
    keep(Draft.of(file).replaced_by(kept.text), "technician", NOW)
    assert file.read_bytes() == tried
    undo(file, "technician", NOW)
    assert file.read_bytes() == SIMULATED.read_bytes()


def test_a_power_failure_between_laying_the_old_text_by_and_writing_the_new_one_costs_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(changed(file, "simulation.seed", 7), "technician", NOW)
    kept = file.read_bytes()
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda new, old: replace(new, old) if old != file else _power_fails())
    with pytest.raises(PowerFailedError):
        keep(changed(file, "simulation.seed", 8), "technician", NOW)
    monkeypatch.undo()
    assert file.read_bytes() == kept
    undo(file, "technician", NOW)
    assert file.read_bytes() == SIMULATED.read_bytes()


class PowerFailedError(Exception):
    pass


def _power_fails() -> None:
    raise PowerFailedError


def test_mode_and_link_stay_and_others_cannot_read_what_was_there(file: Path) -> None:
    file.chmod(0o640)
    link = file.with_name("linked.toml")
    link.symlink_to(file)
    keep(changed(link, "simulation.seed", 7), "technician", NOW)
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    (former,) = formers(link)
    assert former.file.stat().st_mode & 0o777 == 0o640
    assert former.file.parent.stat().st_mode & 0o777 == 0o700


def test_only_so_many_former_texts_are_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST", 3)
    for seed in range(2, 8):
        keep(changed(file, "simulation.seed", seed), "technician", NOW)
    assert [one.number for one in formers(file)] == [6, 5, 4]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_this_user_may_not_write_is_refused_with_the_remedy(file: Path) -> None:
    file.chmod(0o440)
    with pytest.raises(SettingsError, match="cannot be written"):
        keep(changed(file, "simulation.seed", 7), "technician", NOW)


def test_a_file_written_in_a_way_no_editor_foresees_is_left_to_a_person(file: Path) -> None:
    file.write_text(SIMULATED.read_text().replace("[kiosk]", "") + "\n[[kiosk]]\nport = 1\n")
    draft = Draft.of(file)
    with pytest.raises(SettingsError, match="cannot be changed in this file as it is written"):
        draft.set("kiosk.port", 8601)
    assert draft.text == file.read_text()
