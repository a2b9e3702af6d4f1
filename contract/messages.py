"""Every message as a model. Writers forbid unknown fields; `read` ignores them and does not keep them.

Field names of the envelope are those of CloudEvents 1.0; the version of the tree is in the topic.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints, ValidationError, create_model

from contract.dropped import Dropped
from contract.errors import MessageError
from contract.message import Celsius, Message, Name, Number, PublicKey, Text, TokenName, refuse_null
from contract.topics import Kind
from contract.verdicts import Duty, Hands, Mask, Reason, Region, Verdict

MAX_BYTES: Final = 65_536
"""Largest message, checked before the outbox."""

D = TypeVar("D", bound=Message)


class ReadingData(Message):
    """A face temperature and how it came about. All temperatures in degrees Celsius."""

    raw_c: Celsius
    corrected_c: Celsius
    core_c: Celsius
    uncertainty_c: Annotated[float, Field(ge=0, le=50, allow_inf_nan=False)]
    region: Region
    distance_m: Annotated[float, Field(ge=0, le=50, allow_inf_nan=False)] | None = None
    samples: Annotated[int, Field(ge=1)]
    reference_seen: bool
    core_rule: Name | None = None
    """Which rule made core_c (`contract.verdicts.CoreRule`; a name, so that an older reader takes a newer gate's)."""
    ambient_c: Celsius | None = None
    """How warm the surroundings were; None where the rule does not ask."""
    baseline_shift_c: Celsius = 0.0
    """What the adaptive baseline took off core_c; 0 without one."""
    reference_bodies: tuple[Annotated[int, Field(ge=1)], ...] = ()
    """Which of the gate's heated bodies were seen in every picture behind it, 1 and 2; empty where the gate does not say."""


class Screened(Message):
    """What was checked. A thing not checked is never shown as good."""

    mask: bool = True
    temperature: bool = True


class VisitData(Message):
    """One decision of one visit. A PASS carries a 0.5 degC bin (`core_bin_c`), never the full reading."""

    visit: Name
    revision: Annotated[int, Field(ge=0)]
    verdict: Verdict
    mask: Mask
    reasons: Annotated[tuple[Reason, ...], Field(max_length=16)] = ()
    reading: ReadingData | None = None
    core_bin_c: Celsius | None = None
    screened_for: Screened = Screened()
    first_seen: AwareDatetime
    decided: AwareDatetime
    frames: Annotated[int, Field(ge=0)]
    record_late: bool = False
    replay: bool = False
    badge: Name | None = None
    """Whose staff badge was shown just before, by its number; it never makes a PASS by itself."""
    visitor_pass: Name | None = None
    """The number of the visitor's pass shown just before."""
    code_refused: Name | None = None
    """Why the badge or pass shown just before was not taken (`contract.tokens.Refusal`); `visitor_pass` is then that one."""
    duty: Duty | None = None
    """With a badge it is a staff check, and this says of which part of the shift; the reading is then a full one."""
    hands: Hands | None = None
    """How the hands were disinfected; None where nobody is asked."""


class AlertKind(StrEnum):
    """What a person must act on. The first two concern one person and are never folded into another; the rest are equipment."""

    RECHECK = "recheck"
    GUARD_NEEDED = "guard_needed"
    COLOUR_CAMERA = "colour_camera"
    THERMAL_CAMERA = "thermal_camera"
    REFERENCE_LOST = "reference_lost"
    DRIFT = "drift"
    LOW_READING = "low_reading"
    DROPPED = "dropped"
    EVENTS_DATABASE = "events_database"
    CERTIFICATE = "certificate"
    CALIBRATION = "calibration"
    FIRE = "fire"
    TAILGATING = "tailgating"
    UNREGISTERED_ENTRY = "unregistered_entry"
    BARRIER = "barrier"
    OCCUPANCY = "occupancy"
    ROOM_PERSON = "room_person"
    ROOM_SENSOR = "room_sensor"
    ROOM_LAMP = "room_lamp"
    CO2 = "co2"
    OZONE = "ozone"
    CHLORINE = "chlorine"
    TEMPERATURE = "temperature"
    HUMIDITY = "humidity"
    AIR_CHANGES = "air_changes"
    UVC_DOSE_SHORT = "uvc_dose_short"
    LAMP_AGED = "lamp_aged"
    FACILITY_SENSOR = "facility_sensor"


class AlertData(Message):
    """Raised, or returned to normal.

    `subject` is the visit for RECHECK and GUARD_NEEDED, empty for equipment; `dropped` is of DROPPED only.
    `refused`: of GUARD_NEEDED, whether this visitor was asked about the mask as often as the site allows.
    """

    kind: AlertKind
    state: Literal["raised", "returned"]
    subject: Name | Literal[""] = ""
    detail: Text = ""
    reading: ReadingData | None = None
    dropped: Dropped | None = None
    refused: bool = False
    raised: AwareDatetime


class SensorReading(Message):
    """What a facility sensor said once, or that it said nothing: then `value` is None, never an earlier one.

    `trouble` names why there is no value; None where the gate does not say. `place` is for people. `fresh_s`: for so long after
    `taken` it counts as how things are; None where the gate does not say. `least` and `most`: the limits that the gate watches
    it by, in its unit; None where there is none, or the gate does not say. `calibration_due`: the last day on which its
    calibration counts, as the gate's settings have it; None where they name none.
    """

    sensor: Name
    quantity: Name
    value: Annotated[float, Field(allow_inf_nan=False)] | None
    unit: Annotated[str, StringConstraints(max_length=20)]
    taken: AwareDatetime
    trouble: Name | None = None
    place: Annotated[str, StringConstraints(max_length=40)] = ""
    fresh_s: Annotated[float, Field(gt=0, le=172_800, allow_inf_nan=False)] | None = None
    least: Annotated[float, Field(allow_inf_nan=False)] | None = None
    most: Annotated[float, Field(allow_inf_nan=False)] | None = None
    calibration_due: date | None = None


class SensorData(Message):
    """Facility readings, batched. A reading that failed has value None and is still a reading."""

    readings: Annotated[tuple[SensorReading, ...], Field(min_length=1, max_length=200)]


class OccupancyData(Message):
    """How many people are inside, as the gate has counted them.

    `people` is None while nobody can know. `clipped`: people who went out of a building that was empty by the count, since it
    last began anew (entries missed); `left_over`: what it said when it last began anew (exits missed), None before.
    """

    people: Annotated[int, Field(ge=0)] | None
    limit: Annotated[int, Field(ge=1)] | None = None
    full: bool = False
    clipped: Annotated[int, Field(ge=0)] = 0
    left_over: Annotated[int, Field(ge=0)] | None = None


class QueueData(Message):
    """Who waits before the gate, as far as its camera sees: least numbers, of the time since the last health message.

    `people`: most that were seen waiting in one picture, without the one whose turn it is (where the way in is held, with them).
    `longest_s`: for how long the one of them has been in view who was there first; None where nobody waits.
    """

    people: Annotated[int, Field(ge=0, le=1000)]
    longest_s: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


class HealthData(Message):
    """How the gate is. Rates are of the time since the last health message."""

    uptime_s: Number
    colour_fps: Number
    thermal_fps: Number
    frames_skipped: int
    loop_p50_ms: Number | None
    loop_p99_ms: Number | None
    records_dropped: int
    outbox_rows: int
    oldest_unacked: int | None
    last_seq: int
    restarts: dict[Name, int]
    parts: dict[Name, Name]
    version: Text
    model: Text
    clock_ok: bool
    certificate_days: Number | None = None
    """Until the gate's own certificate towards the broker ends; None where it uses none."""
    calibration_days: Number | None = None
    """Until the calibration of the cameras is too old; None where there is none, or the gate's clock cannot be believed."""
    occupancy: OccupancyData | None = None
    """None where nobody counts who goes out."""
    queue: QueueData | None = None
    """None where no picture came, so that nobody knows, and where the gate does not say."""
    held: bool | None = None
    """Whether somebody has ordered that nobody is let in; None where the gate does not say."""


class SnapshotData(Message):
    """Opt-in, pixelated at the source; the picture travels separately, named by its sha256."""

    visit: Name
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    bytes: Annotated[int, Field(gt=0)]


class StateData(Message):
    """Retained; the birth message and the last will of a gate.

    It does not go over the disk, so it can tell that the disk is the trouble: `disk` says in words why events cannot be
    written (empty while they can) and `in_memory` how many wait in memory for it.
    """

    online: bool
    since: AwareDatetime | None = None
    version: Text = ""
    replay: bool = False
    disk: Text = ""
    in_memory: Annotated[int, Field(ge=0)] = 0


class ResultData(Message):
    """What became of a command. `repeated`: it came again and was refused for that; nothing is said of the first time."""

    command: Name
    done: bool
    detail: Text = ""
    repeated: bool = False


class AckData(Message):
    """What the cloud has committed: numbers of one install of one gate."""

    install: Name
    seqs: Annotated[tuple[int, ...], Field(max_length=2000)]


class CommandData(Message):
    """Signed by the cloud for one gate (`contract.commands`), executed once, refused when late; expires 10 s after issue at most.

    `signature` is base64.
    """

    id: Name
    verb: Name
    issuer: Name
    role: Name
    issued: AwareDatetime
    expires: AwareDatetime
    arguments: dict[Name, Text] = Field(default_factory=dict)
    signature: Text


class ActData(Message):
    """What the gate did, or would not do and why, because somebody ordered it: the record of one command."""

    command: Name
    verb: Name
    issuer: Name
    role: Name
    arguments: dict[Name, Text] = Field(default_factory=dict)
    done: bool
    detail: Text = ""
    acted: AwareDatetime


class FlowData(Message):
    """The cloud asks the gate to send no more than so many events a second, alerts not counted; holds for a minute."""

    max_rate: Annotated[float, Field(gt=0, allow_inf_nan=False)]


class WithdrawnData(Message):
    """Which passes and badges of a site are good no more, and who signs: the whole list each time, signed (`contract.withdrawn`).

    Attributes:
        site: for which the badges and passes are made.
        issued_ms: UTC milliseconds since 1970; a gate takes no older list after a newer one.
        keys: public keys of whoever signs badges, passes and the next list.
        numbers: holders of badges and numbers of passes, as they stand in a token.
        signature: base64, by one of the keys the gate knows.
    """

    site: TokenName
    issued_ms: Annotated[int, Field(ge=0)]
    keys: Annotated[tuple[PublicKey, ...], Field(min_length=1, max_length=2)]
    numbers: Annotated[tuple[TokenName, ...], Field(max_length=1500)] = ()
    signature: Text


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
