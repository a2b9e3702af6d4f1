"""The figures mean what their definitions say."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.labels import read_labels
from models.evaluation.metrics import Judged, average_precision, confusion, found_share, rate
from models.evaluation.register import rewritten

ABSENT, WORN, WRONG = 0, 1, 2
FACE = (100, 100, 200, 220)
OTHER = (400, 100, 500, 220)
SMALL = (300, 300, 320, 325)


def judged(truth: list[tuple[tuple[int, ...], int]], found: list[tuple[tuple[int, ...], float, int]]) -> Judged:
    return Judged(
        480,
        np.array([box for box, _ in truth], np.float32).reshape(-1, 4),
        np.array([state for _, state in truth], np.int64),
        np.array([box for box, _, _ in found], np.float32).reshape(-1, 4),
        np.array([score for _, score, _ in found], np.float32),
        np.array([state for _, _, state in found], np.int64),
    )


def test_a_face_found_and_read_right_scores_one() -> None:
    assert average_precision([judged([(FACE, WORN)], [(FACE, 0.9, WORN)])], WORN, 0.5) == 1.0


def test_a_wrongly_read_face_costs_both_states() -> None:
    pictures = [
        judged([(FACE, WRONG)], [(FACE, 0.9, WORN)]),
        judged([(FACE, WORN)], [(FACE, 0.8, WORN)]),
        judged([(FACE, WRONG)], [(FACE, 0.7, WRONG)]),
    ]
    assert average_precision(pictures, WORN, 0.5) == 0.5
    assert average_precision(pictures, WRONG, 0.5) == 0.5


def test_a_second_box_on_the_same_face_is_a_false_alarm_only_after_the_first() -> None:
    one_face = [judged([(FACE, WORN), (OTHER, WORN)], [(FACE, 0.9, WORN), (FACE, 0.8, WORN), (OTHER, 0.7, WORN)])]
    assert average_precision(one_face, WORN, 0.5) == pytest.approx(0.5 + 0.5 * 2 / 3)


def test_small_faces_count_neither_way() -> None:
    picture = [judged([(FACE, WORN), (SMALL, WORN)], [(SMALL, 0.95, WORN), (FACE, 0.9, WORN), ((10, 10, 30, 35), 0.92, WORN)])]
    assert average_precision(picture, WORN, 0.5) == 1.0
    assert confusion(picture, 0.5).sum() == 1


def test_a_large_false_alarm_lowers_the_precision() -> None:
    assert average_precision([judged([(FACE, WORN)], [(OTHER, 0.95, WORN), (FACE, 0.9, WORN)])], WORN, 0.5) == 0.5


def test_a_state_the_set_does_not_hold_has_no_figure() -> None:
    assert math.isnan(average_precision([judged([(FACE, WORN)], [])], ABSENT, 0.5))


def test_missed_faces_stay_in_the_denominator() -> None:
    table = confusion([judged([(FACE, ABSENT), (OTHER, ABSENT)], [(FACE, 0.9, WORN)])], 0.5)
    assert rate(table, "absent", "worn") == 0.5
    assert found_share(table) == 0.5


def test_an_unsure_box_does_not_count_as_found() -> None:
    assert found_share(confusion([judged([(FACE, WORN)], [(FACE, 0.4, WORN)])], 0.5)) == 0.0


@given(st.lists(st.tuples(st.sampled_from([FACE, OTHER]), st.floats(0.02, 1), st.integers(0, 2)), max_size=8), st.integers(0, 2))
def test_an_average_precision_is_a_share(found: list[tuple[tuple[int, ...], float, int]], state: int) -> None:
    value = average_precision([judged([(FACE, state), (OTHER, WORN)], found)], state, 0.5)
    assert 0.0 <= value <= 1.0


def test_labels_without_a_face_are_pictures_without_a_face(tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    table.write_text(
        "file,x1,y1,x2,y2,mask,use\na.jpg,1,2,3,4,worn,eval\na.jpg,5,6,7,8,absent,eval\nb.jpg,,,,,none_in_picture,eval\nc.jpg,1,2,3,4,worn,train\n"
    )
    labels = read_labels(table, tmp_path, use="eval")
    assert [(part.file.name, part.states.tolist()) for part in labels] == [("a.jpg", [1, 0]), ("b.jpg", [])]


def test_a_table_without_the_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("file,mask\na.jpg,worn\n")
    with pytest.raises(ValueError, match="lacks the columns"):
        read_labels(tmp_path / "m.csv", tmp_path)


def test_registering_changes_hash_and_scores_and_keeps_the_rest() -> None:
    before = (
        'default = "eye"\n[models.eye]\nsha256 = "00ff"\nlicence = "Apache-2.0"\n\n[models.eye.scores]\n# one frame\nmap3 = 0.1\n'
    )
    after = rewritten(before, "eye", "abcd", ["map3 = 0.2"])
    assert after == before.replace("00ff", "abcd").replace("0.1", "0.2")


def test_registering_an_unknown_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="no single entry"):
        rewritten('[models.eye]\nsha256 = "00"\n', "ear", "abcd", [])
