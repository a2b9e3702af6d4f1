"""A gate is paired with a real cloud over TLS, and where anything is wrong it stays as it was."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from cloud.enrolment.authority import make_authority
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import event, gate_certificate
from contract.enrolment import IdentityAnswer, pairing_code
from contract.topics import Kind
from edge.app.pairing import pair
from edge.clock import SystemClock
from edge.config.history import undo
from edge.errors import BrokerError, PairingError
from edge.mqtt import probe_broker
from edge.pairing.identity import Identity
from edge.pairing.judging import judged
from edge.uplink.certificate import days_left
from edge.uplink.renewal import Renewal, due
from tests.cloud.rig import Rig
from tests.cloud.server import serve
from tests.fixtures_broker import wait_for
from tests.pairing.fleet import LASTS_DAYS, Fleet, Gate, OffClock, fleet, now_ms, whole_fleet
from tests.secure_broker import ProductionBroker
from tests.uplink.parts import Hands, alert, uplink_thread, wait_connected

pytestmark = [
    pytest.mark.broker,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make certificates"),
    # paho leaves the socket of a failed handshake to the collector, which warns.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CLOCK = SystemClock()


@pytest.fixture(params=[False], ids=["cloud's authority"])
def whole(rig: Rig, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Fleet]:
    with whole_fleet(rig, tmp_path, by_script=request.param) as made:
        yield made


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate.installed(tmp_path / "gate")


def test_a_paired_gate_is_let_in_is_heard_and_is_shut_out_when_it_is_sent_away(whole: Fleet, gate: Gate) -> None:
    before = gate.file.read_text()
    paired = pair(gate.file, None, pairing_code(whole.url, whole.invite()), CLOCK)
    assert (paired.gate, paired.site, paired.away) == ("gate-1", "north", None)
    uplink = gate.config.uplink
    assert uplink.command_keys == [whole.rig.signer.public]
    assert (uplink.renewal.url, uplink.broker.password_file) == (whole.url, None)
    assert "# The gate at the north door." in gate.file.read_text()
    assert {file.stat().st_mode & 0o777 for file in paired.files} == {0o600}
    assert b"PRIVATE KEY" not in b"".join(str(row).encode() for row in whole.rig.rows(gate_certificate))
    hands = Hands.make(gate.file.parent)
    with uplink_thread(gate.config, hands):
        wait_connected(hands)
        hands.put(Kind.ALERT, alert("v1"))
        wait_for(lambda: whole.rig.rows(event, "gate", "kind") == [("gate-1", "alert")], "the alert stands in the ledger")
        whole.enrolment.send_away("gate-1", "admin")
        whole.publish_revoked()
        wait_for(lambda: hands.note()["refused"], "the broker lets it in no more", 30)
    hands.close()
    whole.clock_is(15)
    with pytest.raises(PairingError, match="unenrolled"):
        _renewal(gate)._asked(Identity.read(paired.files[0]), Identity.fresh())
    undo(gate.file, "test", CLOCK.wall())
    assert gate.file.read_text() == before


def _renewal(gate: Gate) -> Renewal:
    return Renewal(gate.config, CLOCK, lambda: True, chance=lambda: 0.0)


@pytest.mark.parametrize("whole", [True], indirect=True, ids=["authority by the script"])
def test_a_running_gate_renews_its_certificate_and_keeps_the_old_one_until_the_new_one_was_let_in(
    whole: Fleet, gate: Gate
) -> None:
    whole.clock_is(-15)  # paired 15 days ago
    own = pair(gate.file, whole.url, whole.invite().text, OffClock(-15)).files[0]
    old = own.read_bytes()
    whole.clock_is(0)
    assert whole.broker is not None
    whole.broker.stop()
    _renewal(gate).look()
    beside = own.with_name(f"{own.name}.next")
    assert own.read_bytes() == old, "the broker is away: the old one stays"
    following = beside.read_bytes()
    assert (b"BEGIN CERTIFICATE" in following, beside.stat().st_mode & 0o777) == (True, 0o600)
    whole.broker.start()
    hands = Hands.make(gate.file.parent)
    with uplink_thread(gate.config, hands):
        wait_for(lambda: not beside.exists(), "the new one is in use")
        wait_connected(hands)
    hands.close()
    assert own.read_bytes() == following
    assert following[:200] != old[:200], "the key is a new one"
    assert (days_left(own, CLOCK.wall()) or 0) > LASTS_DAYS - 1
    assert len(whole.rig.rows(gate_certificate)) == 2, "it was asked for once"
    probe_broker(gate.config.uplink.broker, "gate-1")


def test_a_certificate_is_due_thirty_days_before_its_end_and_gates_do_not_come_together(tmp_path: Path) -> None:
    authority, key = make_authority(tmp_path, now_ms()), Identity.fresh().key.public_key()
    certificate, brief = (authority.certify("gate-1", key, now_ms(), days) for days in (90, 3))
    left = [
        (one.not_valid_after_utc - due(one, 30, share)).total_seconds() / 86_400
        for one in (certificate, brief)
        for share in (0, 1)
    ]
    assert left == pytest.approx([30, 27, 1, 0.9], abs=0.02)


def test_an_answer_is_believed_only_where_it_is_what_was_asked_for(tmp_path: Path) -> None:
    own, other = (make_authority(tmp_path / name, now_ms()) for name in ("own", "other"))
    asked, day_ms = Identity.fresh(), 86_400_000
    key = asked.key.public_key()
    wrong = [
        own.certify("gate-2", key, now_ms(), 90),
        own.certify("gate-1", Identity.fresh().key.public_key(), now_ms(), 90),
        other.certify("gate-1", key, now_ms(), 90),
        own.certify("gate-1", key, now_ms() - 91 * day_ms, 90),
        own.certify("gate-1", key, now_ms() + day_ms, 90),
    ]
    for certificate in wrong:
        with pytest.raises(PairingError):
            judged(_answer(certificate), asked, "gate-1", own.certificate, CLOCK.wall())
    right = own.certify("gate-1", key, now_ms(), 90)
    assert judged(_answer(right), asked, "gate-1", own.certificate, CLOCK.wall()) == right


def _answer(certificate: Certificate) -> IdentityAnswer:
    pem = certificate.public_bytes(Encoding.PEM).decode()
    return IdentityAnswer(gate="gate-1", site="x", certificate=pem, authority=pem, broker_host="x", broker_port=1)


def test_what_goes_wrong_changes_nothing(rig: Rig, tmp_path: Path, gate: Gate) -> None:
    """One cloud for all of it: what is noticed before the token is told does not use it up."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        before = gate.contents()
        with fleet(rig, tmp_path / "own", port) as made, _other(tmp_path / "other") as other, _between(made, other) as thief:
            code = made.invite().text
            refused = [
                (made.url, code[:-1] + ("A" if code[-1] != "A" else "B"), CLOCK, "letter of the token"),
                (None, code, CLOCK, "address is missing"),
                ("http://cloud.example", code, CLOCK, "in the clear"),
                ("cloud.example", code, CLOCK, "no address"),
                (made.url, code, OffClock(-20_000), "clock says 1972"),
                (f"https://127.0.0.1:{port}", code, CLOCK, "cannot be reached"),
                (made.url.replace("127.0.0.1", "localhost"), code, CLOCK, "not for localhost"),
                (made.url, other.invite().text, CLOCK, "not the cloud that made the token"),
                (other.url, code, CLOCK, "not the cloud that made the token"),
                (thief, code, CLOCK, "nobody this gate trusts"),
                (made.url, code, OffClock(0.1), "and the cloud's"),
                (f"{made.url}/nowhere", code, CLOCK, "no cloud of this system"),
                (made.url, made.invite("gate-2").text, CLOCK, "for gate gate-2"),
            ]
            for url, text, clock, words in refused:
                with pytest.raises(PairingError, match=words):
                    pair(gate.file, url, text, clock)
                assert gate.contents() == before, words
            _nowhere_to_write(made, code, tmp_path / "homeless")
            assert pair(gate.file, made.url, code, CLOCK).away, "the token was still good; a broker that is away is no obstacle"
            kept = gate.contents()
            with pytest.raises(PairingError, match="used before"):
                pair(gate.file, made.url, code, CLOCK)
            nobody.close()
            with _stranger(other, port), pytest.raises(BrokerError, match="TLS fails"):
                pair(gate.file, made.url, made.invite().text, CLOCK)
            assert gate.contents() == kept


def _nowhere_to_write(made: Fleet, code: str, folder: Path) -> None:
    homeless = Gate.installed(folder)
    homeless.file.write_text(homeless.file.read_text().replace("/events.db", "/nowhere/events.db"))
    with pytest.raises(PairingError, match="may not write"):
        pair(homeless.file, made.url, code, CLOCK)


@contextmanager
def _other(folder: Path) -> Iterator[Fleet]:
    folder.mkdir()
    rig = Rig.open(folder / "ledger.db")
    with fleet(rig, folder) as made:
        yield made
    rig.database.close()


@contextmanager
def _between(own: Fleet, other: Fleet) -> Iterator[str]:
    """Somebody who shows the right authority, which is public, and has another's key for TLS."""
    series = SqliteSeries(other.folder / "series.db")
    tls = (other.folder / "server.crt", other.folder / "server.key")
    with serve(other.rig, series, other.folder / "dist", enrolment=own.enrolment, tls=tls) as served:
        yield served.url
    series.close()


def _stranger(other: Fleet, port: int) -> ProductionBroker:
    """A broker of another authority."""
    return ProductionBroker(other.folder, {}, "unused", port=port)
