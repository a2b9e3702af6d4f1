"""Topics and event ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.errors import MessageError
from contract.ids import EventId, parse_event_id
from contract.topics import EVENTS, GATE_NAME, ROUTES, Kind, Side, parse, topic

GATES = st.from_regex(GATE_NAME, fullmatch=True)
INSTALLS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=24)


@given(gate=GATES, kind=st.sampled_from(Kind))
def test_a_topic_is_read_as_it_was_written(gate: str, kind: Kind) -> None:
    assert parse(topic(gate, kind)) == (gate, kind)


@given(gate=GATES, install=INSTALLS, seq=st.integers(0, 10**18 - 1))
def test_an_event_id_is_read_as_it_was_written(gate: str, install: str, seq: int) -> None:
    event_id = EventId(gate, install, seq)
    assert parse_event_id(str(event_id)) == event_id


@given(text=st.text(max_size=60))
def test_any_text_is_a_topic_or_a_clear_refusal(text: str) -> None:
    for address in (text, f"menshen/v1/{text}", f"menshen/v1/gate/{text}"):
        try:
            gate, kind = parse(address)
        except MessageError:
            continue
        assert topic(gate, kind) == address


@given(text=st.text(max_size=60) | st.from_regex(r"[a-z]+:[a-z0-9]+:\d+", fullmatch=True))
def test_any_text_is_an_event_id_or_a_clear_refusal(text: str) -> None:
    try:
        event_id = parse_event_id(text)
    except MessageError:
        return
    assert parse_event_id(str(event_id)) == event_id


@pytest.mark.parametrize("gate", ["", "a/b", "#", "Gate", "-gate", "gäte", "a" * 64, "gate\n", "down/ack"])
def test_a_gate_name_that_could_leave_its_subtree_is_refused(gate: str) -> None:
    with pytest.raises(MessageError):
        topic(gate, Kind.ALERT)


def test_every_kind_has_one_writer_and_orders_come_from_the_cloud() -> None:
    assert set(ROUTES) == set(Kind)
    for kind, route in ROUTES.items():
        assert (route.writer is Side.CLOUD) == kind.value.startswith("down/")


def test_alerts_go_first_and_only_events_are_in_the_outbox() -> None:
    assert min(EVENTS, key=lambda kind: ROUTES[kind].priority or 0) is Kind.ALERT
    assert all(ROUTES[kind].qos == 1 and not ROUTES[kind].retained for kind in EVENTS)
