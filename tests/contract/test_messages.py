"""Messages: written by one side, read by the other."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.errors import MessageError
from contract.examples import example
from contract.message import Message
from contract.messages.alert import AlertData, AlertKind
from contract.messages.down import AckData
from contract.messages.envelope import DATA, MAX_BYTES, Envelope, read_data, read_event
from contract.messages.health import StateData
from contract.messages.visit import ReadingData, VisitData
from contract.topics import EVENTS, Kind
from contract.verdicts import Mask, Reason, Region, Verdict

OTHERS = tuple(kind for kind in Kind if kind not in EVENTS)
WORDS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,40}", fullmatch=True)
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - naive bounds are the form
CELSIUS = st.floats(-100, 400)
READINGS = st.builds(
    ReadingData,
    raw_c=CELSIUS,
    corrected_c=CELSIUS,
    core_c=CELSIUS,
    uncertainty_c=st.floats(0, 50),
    region=st.sampled_from(Region),
    distance_m=st.none() | st.floats(0, 50),
    samples=st.integers(1, 1000),
    reference_seen=st.booleans(),
)
VISITS = st.builds(
    VisitData,
    visit=NAMES,
    revision=st.integers(0, 100),
    verdict=st.sampled_from(Verdict),
    mask=st.sampled_from(Mask),
    reasons=st.lists(st.sampled_from(Reason), max_size=16).map(tuple),
    reading=st.none() | READINGS,
    core_bin_c=st.none() | CELSIUS,
    first_seen=TIMES,
    decided=TIMES,
    frames=st.integers(0, 10_000),
)
ALERTS = st.builds(
    AlertData,
    kind=st.sampled_from(AlertKind),
    state=st.sampled_from(["raised", "returned"]),
    subject=NAMES | st.just(""),
    detail=st.text(WORDS, max_size=200),
    reading=st.none() | READINGS,
    raised=TIMES,
)
ENVELOPES = st.builds(
    Envelope,
    id=NAMES,
    source=NAMES,
    type=NAMES,
    time=TIMES,
    mono_ms=st.integers(0, 10**15),
    boot=NAMES,
    clock_ok=st.booleans(),
    data=st.dictionaries(st.text(WORDS, max_size=8), st.integers(-(10**12), 10**12) | st.text(WORDS, max_size=8), max_size=4),
)
ACKS = st.builds(AckData, install=NAMES, seqs=st.lists(st.integers(1, 10**12), max_size=50).map(tuple))


def read(kind: Kind, body: bytes) -> Message:
    return read_event(kind, body)[1] if kind in EVENTS else read_data(DATA[kind], body)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_example_is_read_and_written_as_it_was(kind: Kind) -> None:
    body = json.loads(example(kind))
    sent = body["data"] if kind in EVENTS else body
    read(kind, example(kind))
    assert json.loads(DATA[kind].model_validate_json(json.dumps(sent)).model_dump_json()) == sent
    if kind in EVENTS:
        assert json.loads(Envelope.model_validate_json(example(kind)).model_dump_json()) == body


@pytest.mark.parametrize("kind", list(Kind))
def test_a_field_nobody_knows_is_neither_a_fault_nor_kept(kind: Kind) -> None:
    body = json.loads(example(kind))
    (body["data"] if kind in EVENTS else body)["shoe_size"] = 42
    body["hat_size"] = 57
    message = read(kind, json.dumps(body).encode())
    assert "shoe_size" not in message.model_dump()


@pytest.mark.parametrize("kind", list(Kind))
def test_a_writer_may_not_send_a_field_nobody_knows(kind: Kind) -> None:
    body = json.loads(example(kind))
    with pytest.raises(ValueError, match="shoe_size"):
        DATA[kind].model_validate((body["data"] if kind in EVENTS else body) | {"shoe_size": 42})


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_on_the_topic_of_another_kind_is_refused(kind: Kind) -> None:
    other = Kind.VISIT if kind is not Kind.VISIT else Kind.ALERT
    with pytest.raises(MessageError):
        read_event(other, example(kind))


@settings(deadline=None)
@given(data=VISITS | ALERTS)
def test_what_one_side_writes_the_other_reads(data: VisitData | AlertData) -> None:
    assert type(data).model_validate_json(data.model_dump_json()) == data


@settings(deadline=None)
@given(envelope=ENVELOPES)
def test_an_envelope_survives_the_way(envelope: Envelope) -> None:
    assert Envelope.model_validate_json(envelope.model_dump_json()) == envelope


@given(ack=ACKS)
def test_an_acknowledgement_survives_the_way(ack: AckData) -> None:
    assert read_data(AckData, ack.model_dump_json()) == ack


@given(body=st.binary(max_size=200) | st.text(max_size=200).map(str.encode), kind=st.sampled_from(Kind))
def test_any_bytes_are_a_message_or_a_clear_refusal(body: bytes, kind: Kind) -> None:
    with pytest.raises(MessageError):
        read(kind, b"\x00" + body)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999", "null", '"36.5"'])
def test_a_temperature_that_is_no_number_is_refused(value: str) -> None:
    body = example(Kind.ALERT).replace(b'"core_c": 37.6', f'"core_c": {value}'.encode())
    assert value.encode() in body
    if value == '"36.5"':
        assert read_event(Kind.ALERT, body)
        return
    with pytest.raises(MessageError, match=r"core_c|JSON"):
        read_event(Kind.ALERT, body)


def test_a_message_over_the_limit_is_refused_unread() -> None:
    with pytest.raises(MessageError, match="larger than 65536"):
        read_event(Kind.VISIT, b" " * (MAX_BYTES + 1))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(MessageError, match="since"):
        read_data(StateData, b'{"online": true, "since": "2026-11-21T08:15:30"}')


@pytest.mark.parametrize(("escape", "refused"), [(r"\u0000", True), (r"\\\u0000", True), (r"\\u0000", False)])
def test_a_text_with_u_0000_is_refused_for_not_every_ledger_stores_it(escape: str, *, refused: bool) -> None:
    body = json.loads(example(Kind.ALERT))
    body["data"]["detail"] = "HERE"
    sent = json.dumps(body).replace("HERE", escape).encode()
    if refused:
        with pytest.raises(MessageError, match=r"U\+0000"):
            read_event(Kind.ALERT, sent)
    else:
        assert isinstance(read_event(Kind.ALERT, sent)[1], AlertData)
