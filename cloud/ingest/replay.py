"""A dead letter goes its way once more: the same reading and transaction, or the same copying into the series."""

from __future__ import annotations

from sqlalchemy.exc import DataError, IntegrityError, StatementError

from cloud.bus import Arrival
from cloud.ingest.reading import read
from cloud.ingest.transaction import Batch, settle
from cloud.ledger.events import Heard, Poison
from cloud.ledger.facility.levels import USUAL, LevelRules
from cloud.store.database import Database
from cloud.store.dead_letters import DeadLetter, forget_dead_letter
from cloud.store.outbox import TOPIC, queue_again

_REFUSED = (DataError, IntegrityError, StatementError, OverflowError, UnicodeEncodeError)


def replay(database: Database, letter: DeadLetter, now_ms: int, levels: LevelRules = USUAL) -> str | None:
    """Store it and forget the dead letter. Returns why it stays one; None where it is stored.

    First it is stored, then forgotten: whoever is stopped in between does it again, and an event that is stored already
    is not stored twice. Raises SQLAlchemyError where the ledger is away; then it stays too.
    """
    if letter.topic.startswith(TOPIC):
        return _project_again(database, letter)
    taken = read(Arrival(0, 0, letter.topic, letter.body, letter.event or None), letter.received_ms)
    why = _why_not(taken)
    if isinstance(taken, Heard):
        batch = Batch(heard=[taken], births=(), poisons=(), now_ms=now_ms, listening_ms=0, watch=False, levels=levels)
        try:
            settle(database, batch)
        except _REFUSED as refused:
            if not _about_the_message(refused):
                raise
            why = f"the ledger refused it: {refused}"
    if why is None:
        with database.writing() as connection:
            forget_dead_letter(connection, letter.number)
    return why


def _project_again(database: Database, letter: DeadLetter) -> str | None:
    """What the series refused stands in the ledger: the projector takes it once more."""
    with database.writing() as connection:
        if not queue_again(connection, letter.event):
            return "the ledger has this event no more"
        forget_dead_letter(connection, letter.number)
    return None


def _why_not(taken: object) -> str | None:
    match taken:
        case Heard():
            return None
        case Poison():
            return taken.error
        case _:
            return "it is no event: nothing of it would be stored"


def _about_the_message(refused: Exception) -> bool:
    """Whether it is this message the ledger does not take, and not the ledger that is away."""
    if isinstance(refused, DataError | IntegrityError) or not isinstance(refused, StatementError):
        return True
    return isinstance(refused.orig, OverflowError | UnicodeEncodeError | ValueError)
