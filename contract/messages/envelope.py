"""An event on its way: the envelope with its data, written and read.

Names of the envelope's fields are those of CloudEvents 1.0; the version of the tree is in the topic.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import AwareDatetime, ConfigDict, Field, ValidationError, create_model

from contract.errors import MessageError
from contract.message import Message, Name, Text, refuse_null
from contract.messages.alert import AlertData
from contract.messages.down import AckData, FlowData, WithdrawnData
from contract.messages.health import HealthData, StateData
from contract.messages.orders import ActData, CommandData, ResultData
from contract.messages.sensor import SensorData
from contract.messages.visit import SnapshotData, VisitData
from contract.topics import Kind

MAX_BYTES: Final = 65_536
"""Largest message, checked before the outbox."""

D = TypeVar("D", bound=Message)

DATA: Final[dict[Kind, type[Message]]] = {
    Kind.ALERT: AlertData,
    Kind.VISIT: VisitData,
    Kind.SENSOR: SensorData,
    Kind.HEALTH: HealthData,
    Kind.SNAPSHOT: SnapshotData,
    Kind.ACT: ActData,
    Kind.STATE: StateData,
    Kind.RESULT: ResultData,
    Kind.ACK: AckData,
    Kind.COMMAND: CommandData,
    Kind.FLOW: FlowData,
    Kind.WITHDRAWN: WithdrawnData,
}


class Envelope(Message):
    """An event of the outbox. `mono_ms` and `boot` let the cloud order and correct times of a gate whose clock is wrong."""

    specversion: Literal["1.0"] = "1.0"
    id: Text
    source: Text
    type: Text
    time: AwareDatetime
    mono_ms: Annotated[int, Field(ge=0)]
    boot: Name
    clock_ok: bool
    data: dict[str, Any]


class _Whole(Envelope):
    """An event and its data, read in one go. A gate only writes: it never builds these."""

    model_config = ConfigDict(defer_build=True)
    data: Any


def _whole(model: type[Message]) -> type[_Whole]:
    return create_model(f"Whole{model.__name__}", __base__=_Whole, data=(model, ...))


_WHOLE: Final = {kind: _whole(model) for kind, model in DATA.items()}


def read_data(kind_model: type[D], body: bytes | str) -> D:
    """A message without an envelope (state, result, down/...). Unknown fields are ignored. Raises MessageError."""
    refuse_null(body if isinstance(body, bytes) else body.encode())
    try:
        return kind_model.model_validate_json(body, extra="ignore")
    except ValidationError as wrong:
        raise MessageError(_first_fault(wrong)) from wrong


def read_event(kind: Kind, body: bytes) -> tuple[Envelope, Message]:
    """An event and its data. Unknown fields are ignored and not kept. Raises MessageError."""
    if len(body) > MAX_BYTES:
        raise MessageError(f"message of {len(body)} bytes is larger than {MAX_BYTES}")
    refuse_null(body)
    try:
        whole = _WHOLE[kind].model_validate_json(body, extra="ignore")
    except ValidationError:
        return _read_in_steps(kind, body)
    if whole.type != f"menshen.{kind.value}":
        return _read_in_steps(kind, body)
    return whole, whole.data


def _read_in_steps(kind: Kind, body: bytes) -> tuple[Envelope, Message]:
    """What is wrong is said of the envelope first, then of its data."""
    try:
        envelope = Envelope.model_validate_json(body, extra="ignore")
        data = DATA[kind].model_validate(envelope.data, extra="ignore", strict=False)
    except ValidationError as wrong:
        raise MessageError(_first_fault(wrong)) from wrong
    if envelope.type != f"menshen.{kind.value}":
        raise MessageError(f"type {envelope.type!r} does not belong on topic {kind.value!r}")
    return envelope, data


def _first_fault(wrong: ValidationError) -> str:
    fault = wrong.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in fault["loc"]) or "message"
    return f"{place}: {fault['msg']}"
