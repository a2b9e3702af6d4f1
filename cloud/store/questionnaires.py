"""The versions of the questionnaire. The shipped one is there from the start; the newest is asked."""

from __future__ import annotations

import json
from dataclasses import asdict

from sqlalchemy import Connection, insert, select

from cloud.ledger.questionnaire import SHIPPED, Question, Questionnaire
from cloud.store.tables import questionnaire


def current(connection: Connection) -> Questionnaire:
    """The version that is asked now."""
    row = connection.execute(select(questionnaire).order_by(questionnaire.c.number.desc()).limit(1)).one_or_none()
    return SHIPPED if row is None else _read(row.version, row.body)


def of_version(connection: Connection, version: str) -> Questionnaire | None:
    """The version of this name, None where there is none."""
    if version == SHIPPED.version:
        return SHIPPED
    row = connection.execute(select(questionnaire).where(questionnaire.c.version == version)).one_or_none()
    return None if row is None else _read(row.version, row.body)


def add_version(connection: Connection, made: Questionnaire, user: str, now_ms: int) -> bool:
    """Ask this from now on. False where there is a version of that name already: one never changes."""
    if of_version(connection, made.version) is not None:
        return False
    body = json.dumps([asdict(one) for one in made.questions], ensure_ascii=False)
    connection.execute(insert(questionnaire).values(version=made.version, made_ms=now_ms, user=user, body=body))
    return True


def _read(version: str, body: str) -> Questionnaire:
    return Questionnaire(version, tuple(Question(**one) for one in json.loads(body)))
