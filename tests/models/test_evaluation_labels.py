"""A manifest is read as it is meant, or refused with its line and what to do."""

from pathlib import Path

import numpy as np
import pytest

from models.evaluation.errors import LabelsError, PictureError
from models.evaluation.judged import judge_all
from models.evaluation.labels import read_labels

HEAD = "file,x1,y1,x2,y2,mask,use,source,width,height\n"


def manifest(folder: Path, *rows: str) -> Path:
    file = folder / "m.csv"
    file.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return file


def test_labels_without_a_face_are_pictures_without_a_face(tmp_path: Path) -> None:
    table = manifest(
        tmp_path,
        "a.jpg,1,2,3,4,worn,eval,street,9,9",
        "a.jpg,5,6,7,8,absent,eval,street,9,9",
        "b.jpg,,,,,none_in_picture,eval,hall,,",
        "c.jpg,1,2,3,4,worn,train,hall,,",
    )
    labels = read_labels(table, tmp_path, use="eval")
    assert [(part.file.name, part.states.tolist(), part.source) for part in labels] == [
        ("a.jpg", [1, 0], "street"),
        ("b.jpg", [], "hall"),
    ]
    assert [part.file.name for part in read_labels(table, tmp_path, under="b")] == ["b.jpg"]


def test_only_the_box_and_the_state_are_needed(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("mask,file,y2,x2,y1,x1\nworn,a.jpg,4,3,2,1\n")
    (label,) = read_labels(tmp_path / "m.csv", tmp_path)
    assert label.boxes.tolist() == [[1, 2, 3, 4]]


def test_a_table_without_the_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("file,mask\na.jpg,worn\n")
    with pytest.raises(LabelsError, match="lacks the columns x1, y1, x2, y2"):
        read_labels(tmp_path / "m.csv", tmp_path)


def test_a_manifest_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match="cannot be read"):
        read_labels(tmp_path / "none.csv", tmp_path)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a.jpg,1,2,3,4,maybe,eval,,,", "mask state 'maybe'"),
        ("a.jpg,1,2,x,4,worn,eval,,,", "no number"),
        ("a.jpg,1,2,,4,worn,eval,,,", "no number"),
        ("a.jpg,nan,2,3,4,worn,eval,,,", "empty"),
        ("a.jpg,50,60,20,20,worn,eval,,,", "x1 < x2"),
        ("a.jpg,100,2,140,40,worn,eval,,90,90", "outside the picture of 90x90"),
        ("a.jpg,-9,2,-1,40,worn,eval,,90,90", "outside the picture"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(LabelsError, match=words) as caught:
        read_labels(manifest(tmp_path, "b.jpg,1,2,3,4,worn,eval,,,", row), tmp_path)
    assert "line 3" in str(caught.value)


def test_a_box_a_little_over_the_edge_is_sound(tmp_path: Path) -> None:
    assert len(read_labels(manifest(tmp_path, "a.jpg,-1,2,91,40,worn,eval,,90,90"), tmp_path)) == 1


def test_a_choice_that_leaves_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match="no picture was chosen"):
        read_labels(manifest(tmp_path, "a.jpg,1,2,3,4,worn,eval,,,"), tmp_path, use="aside")


def test_a_picture_that_is_not_there_is_named(tmp_path: Path) -> None:
    (label,) = read_labels(manifest(tmp_path, "a.jpg,1,2,3,4,worn,eval,,,"), tmp_path)
    with pytest.raises(PictureError, match="not there") as caught:
        judge_all({}, label)
    assert caught.value.where == str(tmp_path / "a.jpg")
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    with pytest.raises(PictureError, match="no picture that can be read"):
        judge_all({}, label)


def test_a_face_outside_the_picture_itself_is_refused(tmp_path: Path) -> None:
    import cv2

    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((20, 30, 3), np.uint8))
    (label,) = read_labels(manifest(tmp_path, "a.png,40,2,60,15,worn,eval,,,"), tmp_path)
    with pytest.raises(LabelsError, match="30x20"):
        judge_all({}, label)
