"""Small notes between processes."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.errors import MessageError
from edge.board import BOARD_BYTES, Board

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    made = Board.create(tmp_path / "board")
    yield made
    made.close()


def test_before_the_first_note_there_is_none(board: Board) -> None:
    assert (board.read(), board.beat_s, board.version) == (None, 0.0, 0)


@settings(max_examples=60, deadline=None)
@given(notes=st.lists(st.dictionaries(st.text(max_size=8), JSON, max_size=6), min_size=1, max_size=6))
def test_the_newest_note_is_read_as_it_was_posted(notes: list[dict[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        writer = Board.create(Path(folder) / "board")
        reader = Board(Path(folder) / "board")
        for number, note in enumerate(notes):
            version = reader.version
            writer.post(note, float(number))
            assert reader.read() == note
            assert reader.version != version
            assert reader.beat_s == float(number)
        reader.close()
        writer.close()


def test_a_beat_without_news_keeps_the_note(board: Board) -> None:
    board.post({"a": 1}, 1.0)
    board.beat(2.0)
    assert (board.read(), board.beat_s) == ({"a": 1}, 2.0)


def test_a_note_that_does_not_fit_is_refused_and_the_old_one_stays(board: Board) -> None:
    board.post({"a": 1}, 1.0)
    with pytest.raises(MessageError, match="does not fit"):
        board.post({"a": "x" * BOARD_BYTES}, 2.0)
    assert board.read() == {"a": 1}


def test_a_board_may_be_larger_for_who_writes_and_for_who_reads(tmp_path: Path) -> None:
    size = 4 * BOARD_BYTES
    made, note = Board.create(tmp_path / "large", size), {"a": "x" * 3 * BOARD_BYTES}
    made.post(note, 1.0)
    seen = Board(tmp_path / "large")
    assert seen.read() == note
    with pytest.raises(MessageError, match="does not fit"):
        made.post({"a": "x" * size}, 2.0)
    made.close()
    seen.close()


def test_a_number_that_is_none_is_refused(board: Board) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        board.post({"a": float("nan")}, 1.0)


def test_a_note_whose_writer_died_half_way_is_no_note(board: Board) -> None:
    board.post({"a": 1}, 1.0)
    board._marks[0] |= 1
    assert board.read() is None
    board.post({"a": 2}, 2.0)
    assert board.read() == {"a": 2}


def _write_forever(path: Path) -> None:
    board = Board(path)
    number = 0
    while True:
        number += 1
        board.post({"number": number, "again": [number] * (number % 200)}, 0.0)


def test_a_note_is_never_torn_while_it_is_being_replaced(tmp_path: Path) -> None:
    board = Board.create(tmp_path / "board")
    writer = multiprocessing.get_context("spawn").Process(target=_write_forever, args=(tmp_path / "board",), daemon=True)
    writer.start()
    whole = 0
    while whole < 2000 and writer.is_alive():
        note = board.read()
        if note is not None:
            assert note["again"] == [note["number"]] * (note["number"] % 200)
            whole += 1
    writer.kill()
    writer.join()
    board.close()
    assert whole == 2000
