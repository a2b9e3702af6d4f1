"""Rows that are written once, whichever of them were there before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from cloud.ledger.chain import Value, content_sha256
from cloud.store.database import Database
from cloud.store.dialect import insert_new
from cloud.store.migrate import open_database
from cloud.store.tables import visit_revision
from tests.cloud.postgres import either_ledger

VALUES = st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.integers(), st.booleans(), st.none())


def rows(*visits: str) -> list[dict[str, object]]:
    return [
        {"gate": "gate-1", "install": "a", "seq": 10 + number, "visit": visit, "revision": 0}
        for number, visit in enumerate(visits)
    ]


def new(connection: Connection, *visits: str) -> list[object]:
    return [seq for _, _, seq in insert_new(connection, visit_revision, rows(*visits), "gate", "install", "seq")]


@pytest.fixture
def database(ledger: str) -> Database:
    return open_database(ledger)


@either_ledger
def test_only_what_was_not_there_is_named_and_the_first_of_two_equals_counts(database: Database) -> None:
    with database.writing() as connection:
        assert new(connection, "a", "b") == [10, 11]
        assert new(connection, "b", "c", "c", "d") == [11, 13]
        assert new(connection, "a", "d") == []
        assert new(connection) == []
    with database.reading() as connection:
        found = connection.execute(select(visit_revision.c.visit, visit_revision.c.seq).order_by(visit_revision.c.visit)).all()
    assert [tuple(row) for row in found] == [("a", 10), ("b", 11), ("c", 11), ("d", 13)]
    database.close()


@given(st.lists(VALUES, max_size=6))
def test_what_is_hashed_is_written_as_the_standard_library_writes_it(values: Sequence[Value]) -> None:
    written = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    assert content_sha256(b"salt", values) == sha256(b"salt" + written).digest()


def test_half_a_surrogate_pair_is_refused_by_name() -> None:
    with pytest.raises(UnicodeEncodeError):
        content_sha256(b"salt", ["\ud800"])
