"""What gates say became of commands: on `result` at once, and in the record of the act, which is never lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cloud.ledger.events import Heard
from contract.messages.orders import ActData, ResultData


@dataclass(frozen=True, slots=True)
class Answer:
    """One message on `result`."""

    gate: str
    result: ResultData


def answers_in(taken: Iterable[object]) -> Iterator[Answer]:
    """Answers, whichever way they came."""
    for one in taken:
        match one:
            case Answer():
                yield one
            case Heard(data=ActData() as did):
                yield Answer(one.id.gate, ResultData(command=did.command, done=did.done, detail=did.detail))
            case _:
                pass
