"""The uplink on a disk, beside a broker and with a certificate that make trouble."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from contract.dropped import Dropped, DropReason
from contract.messages.alert import AlertData, AlertKind
from contract.topics import Kind
from demo.broker import Broker
from edge.config.tree import BrokerConfig
from edge.uplink.certificate import LOOK_EVERY_S, CertificateWatch, days_left
from edge.uplink.outbox import Outbox
from edge.uplink.own_events import OwnEvents
from tests.fixtures_broker import MakeCloud, wait_for
from tests.uplink.parts import NOON_S, HandClock, Hands, alert, gate_config, uplink_thread, visit, wait_connected, wait_drained


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    made = Hands.make(tmp_path)
    yield made
    made.close()


def login(broker: Broker) -> BrokerConfig:
    return BrokerConfig(port=broker.port, password_file=broker.password_file("gate-1"))


@pytest.mark.broker
def test_a_row_that_ends_the_connection_twice_is_set_aside_and_the_rest_goes_on(
    broker: Broker, make_cloud: MakeCloud, hands: Hands
) -> None:
    _bear_no_more_than(broker, 3000)
    cloud = make_cloud()
    with uplink_thread(gate_config(hands.folder, login(broker)), hands):
        wait_connected(hands)
        hands.put_visits(f"before-{count}" for count in range(20))
        hands.put(Kind.ALERT, _long_alert())
        last = hands.put_visits(f"after-{count}" for count in range(20))
        wait_drained(hands, last)
        (note,) = [body for body in cloud.of("alert") if body["data"]["kind"] == "dropped"]
    names = {body["data"]["visit"] for body in cloud.of("visit")}
    assert names == {f"{when}-{count}" for when in ("before", "after") for count in range(20)}
    dropped = Dropped.model_validate(note["data"]["dropped"])
    assert (dropped.reason, dropped.count) == (DropReason.SET_ASIDE, 1)
    kept = Outbox.open(hands.folder / "events.db", "gate-1")
    (seq,) = kept._connection.execute("SELECT seq FROM aside").fetchone()
    kept.close()
    assert dropped.runs == ((seq, seq),)


def _bear_no_more_than(broker: Broker, size: int) -> None:
    broker.stop()
    settings = broker.folder / "mosquitto.conf"
    settings.write_text(settings.read_text().replace("max_packet_size 131072", f"max_packet_size {size}"))
    broker.start()


def _long_alert() -> bytes:
    runs = [[3 * count + 1, 3 * count + 2] for count in range(280)]
    note = {
        "kind": "dropped",
        "state": "raised",
        "dropped": {"reason": "evicted", "runs": runs},
        "raised": "2026-11-21T12:00:00Z",
    }
    return json.dumps(note).encode()


@pytest.mark.broker
def test_a_disk_that_does_not_take_events_is_told_past_the_disk(broker: Broker, make_cloud: MakeCloud, hands: Hands) -> None:
    cloud = make_cloud()
    config = gate_config(hands.folder, login(broker))
    with uplink_thread(config, hands):
        wait_connected(hands)
        lock = Outbox.open(config.uplink.database, "gate-1")
        with lock.transaction() as connection:
            connection.execute("PRAGMA max_page_count")
            hands.put(Kind.ALERT, alert("v-1"))
            hands.put(Kind.VISIT, visit("v-1"))
            wait_for(lambda: cloud.states and cloud.states[-1].get("disk"), "the state message tells", 20)
            assert cloud.states[-1]["in_memory"] == 2
            assert cloud.bodies == [], "nothing is announced that is not on disk"
        lock.close()
        wait_drained(hands, 2)
        wait_for(lambda: not cloud.states[-1]["disk"], "and that it is over")
    assert len(cloud.bodies) == 2


@pytest.mark.broker
def test_a_damaged_database_is_told_once_under_a_new_install(broker: Broker, make_cloud: MakeCloud, hands: Hands) -> None:
    cloud = make_cloud()
    config = gate_config(hands.folder, login(broker))
    config.uplink.database.write_bytes(b"no database at all" * 1000)
    for life in range(2):
        with uplink_thread(config, hands):
            wait_drained(hands, hands.put(Kind.VISIT, visit(f"v-{life}")))
    (note,) = cloud.of("alert")
    assert note["data"]["kind"] == "events_database"
    assert "events.db.damaged-1" in note["data"]["detail"]
    assert (hands.folder / "events.db.damaged-1").exists()


def _certificate(path: Path, days: float) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gate-1")])
    now = datetime.fromtimestamp(NOON_S + 100.0, UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))


def test_a_certificate_that_ends_soon_is_an_alert_until_it_is_renewed(tmp_path: Path) -> None:
    clock, path = HandClock(), tmp_path / "gate.crt"
    watch = CertificateWatch(path, 14.0, OwnEvents(clock, "boot"))
    told = []
    for days in (30, 13, 12, -1, 80):
        _certificate(path, days)
        event = watch.look()
        assert watch.look() is None, "once a minute"
        clock.now_s += LOOK_EVERY_S
        told.append(None if event is None else AlertData.model_validate_json(event.data))
    assert [one and (one.kind, one.state) for one in told] == [
        (AlertKind.CERTIFICATE, "returned"),
        (AlertKind.CERTIFICATE, "raised"),
        None,
        None,
        (AlertKind.CERTIFICATE, "returned"),
    ]
    assert watch.days == pytest.approx(80, abs=0.01)


def test_a_certificate_that_cannot_be_read_has_no_days(tmp_path: Path) -> None:
    assert days_left(tmp_path / "none", datetime.now(UTC)) is None
    (tmp_path / "x").write_bytes(b"-----BEGIN CERTIFICATE-----")
    assert days_left(tmp_path / "x", datetime.now(UTC)) is None
