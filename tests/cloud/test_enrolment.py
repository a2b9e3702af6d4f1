"""Pairing as the cloud sees it: who gets a certificate, for which name, and how often."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from cloud.enrolment.authority import make_authority
from cloud.enrolment.enrolment import Enrolment
from cloud.enrolment.terms import Terms
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import audit, gate_certificate, invitation
from contract.enrolment import PATH, Token, fingerprint_of, renewal_bytes
from contract.errors import SettingsError
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve

DAY_MS = 86_400_000
BADGES = "A" * 43 + "="


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def csr(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey, name: str = "gate-1", *, ca: bool = False) -> str:
    built = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
    if ca:
        built = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName("*")]), critical=False)
    hashed = hashes.SHA256() if isinstance(key, ec.EllipticCurvePrivateKey) else None
    return built.sign(key, hashed).public_bytes(Encoding.PEM).decode()


class Door:
    """Where gates come in: a cloud that pairs, asked over HTTP."""

    def __init__(self, served: Served, client: httpx.Client, enrolment: Enrolment) -> None:
        self.served, self.client, self.enrolment = served, client, enrolment
        self._before = len(served.rig.rows(audit))

    def invite(self, gate: str = "gate-1", hours: float = 1.0) -> Token:
        return self.enrolment.invite(gate, "north", hours, "admin")[0]

    def enrol(self, token: Token, wish: str, gate: str = "gate-1") -> httpx.Response:
        return self.client.post(PATH, json={"secret": token.secret.hex(), "gate": gate, "csr": wish})

    def paired(self, gate: str = "gate-1") -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        key = new_key()
        answer = self.enrol(self.invite(gate), csr(key), gate)
        assert answer.status_code == 200, answer.text
        return key, x509.load_pem_x509_certificate(answer.json()["certificate"].encode())

    def renew(
        self, key: ec.EllipticCurvePrivateKey, current: x509.Certificate, wish: str, challenge: str | None = None
    ) -> httpx.Response:
        said = challenge or self.client.get(f"{PATH}/challenge").json()["challenge"]
        serial = f"{current.serial_number:x}"
        signature = key.sign(renewal_bytes(said, serial, wish), ec.ECDSA(hashes.SHA256())).hex()
        body = {"serial": serial, "csr": wish, "challenge": said, "signature": signature}
        return self.client.post(f"{PATH}/renewal", json=body)

    def actions(self) -> list[str]:
        """What this test has brought into the audit."""
        return [row[0] for row in self.served.rig.rows(audit, "action")[self._before :]]


@contextmanager
def opened(rig: Rig, folder: Path) -> Iterator[Door]:
    series = SqliteSeries(folder / "series.db")
    terms = Terms(folder / "authority", 90, "broker.example", 8883, (rig.signer.public,), (BADGES,))
    enrolment = Enrolment(rig.database, terms, lambda: rig.now_ms)
    with serve(rig, series, folder / "dist", enrolment=enrolment) as served, served.client(signed_in=False) as client:
        yield Door(served, client, enrolment)
    series.close()


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("cloud")
    rig = Rig.open(folder / "ledger.db")
    with opened(rig, folder) as made:
        yield made
    rig.database.close()


@pytest.fixture
def door(cloud: Door) -> Door:
    """The one cloud of this file, half a year later: whatever was given or locked before has run out."""
    cloud.served.rig.now_ms += 180 * DAY_MS
    return Door(cloud.served, cloud.client, cloud.enrolment)


def test_a_token_is_traded_once_for_everything_a_gate_needs(door: Door) -> None:
    token, key = door.invite(), new_key()
    answer = door.enrol(token, csr(key))
    assert answer.status_code == 200, answer.text
    got = answer.json()
    certificate = x509.load_pem_x509_certificate(got["certificate"].encode())
    authority = x509.load_pem_x509_certificate(got["authority"].encode())
    certificate.verify_directly_issued_by(authority)
    assert fingerprint_of(authority.public_bytes(Encoding.DER)) == token.fingerprint
    assert got["authority"] == door.client.get(f"{PATH}/authority").json()["authority"]
    assert certificate.public_key() == key.public_key()
    assert certificate.subject.rfc4514_string() == "CN=gate-1"
    assert (got["site"], got["broker_host"], got["broker_port"]) == ("north", "broker.example", 8883)
    assert (got["command_keys"], got["badge_keys"]) == ([door.served.rig.signer.public], [BADGES])
    assert (certificate.not_valid_after_utc - certificate.not_valid_before_utc).days == 90
    assert door.enrol(token, csr(new_key())).status_code == 409
    assert door.enrol(token, csr(key)).json() == got, "the same wish again, as after an answer that got lost"
    assert door.actions() == ["invite gate", "pair gate", "refuse gate"]
    assert token.secret.hex() not in str(door.served.rig.rows(invitation))


def test_a_request_decides_nothing_but_the_key(door: Door) -> None:
    answer = door.enrol(door.invite(), csr(new_key(), "gate-2", ca=True))
    certificate = x509.load_pem_x509_certificate(answer.json()["certificate"].encode())
    assert certificate.subject.rfc4514_string() == "CN=gate-1"
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    with pytest.raises(x509.ExtensionNotFound):
        certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)


def test_a_token_of_another_gate_is_refused_and_stays_good_for_its_own(door: Door) -> None:
    token = door.invite("gate-2")
    refused = door.enrol(token, csr(new_key()), "gate-1")
    assert (refused.status_code, "for gate gate-2" in refused.json()["detail"]) == (403, True)
    assert door.enrol(token, csr(new_key()), "gate-2").status_code == 200


def test_a_token_that_has_run_out_or_was_replaced_is_worth_nothing(door: Door) -> None:
    old, token = door.invite(), door.invite(hours=1)
    assert door.enrol(old, csr(new_key())).status_code == 401
    door.served.rig.now_ms += 3_600_000
    assert door.enrol(token, csr(new_key())).status_code == 410
    assert door.actions() == ["invite gate", "invite gate", "refuse gate"]


def test_a_bad_request_does_not_use_the_token_up(door: Door) -> None:
    token, good = door.invite(), csr(new_key())
    der = bytearray(x509.load_pem_x509_csr(good.encode()).public_bytes(Encoding.DER))
    der[-1] ^= 1
    bad = {
        "no request": "nothing",
        "Ed25519": csr(ed25519.Ed25519PrivateKey.generate()),
        "P-384": csr(ec.generate_private_key(ec.SECP384R1())),
        "signed by somebody else": x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM).decode(),
    }
    for what, wish in bad.items():
        assert door.enrol(token, wish).status_code == 422, what
    assert door.enrol(token, good).status_code == 200


def test_guessing_tokens_locks_the_address_out(door: Door) -> None:
    door.invite()
    wish = csr(new_key())
    for guess in range(10):
        assert door.enrol(Token(bytes([guess] * 16), b""), wish).status_code == 401
    locked = door.enrol(door.invite(), wish)
    assert (locked.status_code, int(locked.headers["retry-after"]) > 0) == (429, True)
    assert door.actions() == ["invite gate"] * 2, "guesses do not fill the audit"


@either_ledger
def test_of_two_with_the_same_token_exactly_one_gets_the_certificate(rig: Rig, tmp_path: Path) -> None:
    with opened(rig, tmp_path) as door:
        answers = _race(door)
    assert [answer.status_code for answer in answers].count(200) == 1
    assert len(rig.rows(gate_certificate, "serial")) == 1


def _race(door: Door) -> list[httpx.Response]:
    token, answers = door.invite(), []
    wishes = [csr(new_key()) for _ in range(4)]
    start = threading.Barrier(len(wishes))

    def race(wish: str) -> None:
        start.wait()
        answers.append(httpx.post(f"{door.served.url}{PATH}", json={"secret": token.secret.hex(), "gate": "gate-1", "csr": wish}))

    racers = [threading.Thread(target=race, args=(wish,)) for wish in wishes]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return answers


def test_a_certificate_is_renewed_in_the_last_half_of_its_time_by_the_key_it_has(door: Door) -> None:
    key, current = door.paired()
    nxt = new_key()
    assert door.renew(key, current, csr(nxt)).status_code == 409, "not due"
    door.served.rig.now_ms += 60 * DAY_MS
    assert door.renew(new_key(), current, csr(nxt)).status_code == 401, "somebody without the key"
    answer = door.renew(key, current, csr(nxt, "gate-2"))
    assert answer.status_code == 200, answer.text
    renewed = x509.load_pem_x509_certificate(answer.json()["certificate"].encode())
    assert renewed.subject.rfc4514_string() == "CN=gate-1"
    assert (renewed.not_valid_after_utc - current.not_valid_after_utc).days == 60
    assert door.renew(key, current, csr(nxt)).json() == answer.json(), "the answer got lost"
    assert door.renew(nxt, renewed, csr(new_key())).status_code == 409
    assert door.actions() == ["invite gate", "pair gate", "refuse gate", "renew certificate", "refuse gate"]


def test_an_old_challenge_or_one_of_another_cloud_renews_nothing(door: Door) -> None:
    key, current = door.paired()
    door.served.rig.now_ms += 60 * DAY_MS
    said = door.client.get(f"{PATH}/challenge").json()["challenge"]
    moment, _, mark = said.partition(".")
    for wrong in (f"{int(moment) + 1}.{mark}", f"{moment}.", "x", f"²{said}"):
        assert door.renew(key, current, csr(new_key()), wrong).status_code == 410
    door.served.rig.now_ms += 60_001
    assert door.renew(key, current, csr(new_key()), said).status_code == 410


def test_a_certificate_that_has_ended_and_a_gate_that_was_unenrolled_are_not_renewed(door: Door) -> None:
    key, current = door.paired()
    other_key, other = door.paired("gate-2")
    door.served.rig.now_ms += 60 * DAY_MS
    token = door.invite("gate-2")
    assert door.enrolment.send_away("gate-2", "admin") == 1
    assert door.renew(other_key, other, csr(new_key())).status_code == 403
    assert door.enrol(token, csr(new_key()), "gate-2").status_code == 401, "its tokens are void too"
    listed = x509.load_pem_x509_crl((door.enrolment.terms.folder / "crl.pem").read_bytes())
    assert [one.serial_number for one in listed] == [other.serial_number]
    assert listed.is_signature_valid(door.enrolment.authority().key.public_key())
    door.served.rig.now_ms += 31 * DAY_MS
    assert door.renew(key, current, csr(new_key())).status_code == 410


def test_a_certificate_that_was_made_by_hand_is_ended_by_its_file(rig: Rig, tmp_path: Path) -> None:
    enrolment = Enrolment(rig.database, Terms(tmp_path / "own", 90, "broker.example", 8883), lambda: rig.now_ms)
    enrolment.invite("gate-1", "north", 1.0, "admin")
    by_hand = enrolment.authority().certify("gate-7", new_key().public_key(), rig.now_ms, 90).public_bytes(Encoding.PEM)
    stranger = make_authority(tmp_path / "other", rig.now_ms).certify("gate-7", new_key().public_key(), rig.now_ms, 90)
    for gate, pem in (("gate-1", by_hand), ("gate-7", stranger.public_bytes(Encoding.PEM)), ("gate-7", b"x")):
        with pytest.raises(SettingsError):
            enrolment.send_away(gate, "admin", pem)
    assert [enrolment.send_away("gate-7", "admin", by_hand) for _ in range(2)] == [1, 0]
    listed = x509.load_pem_x509_crl((tmp_path / "own" / "crl.pem").read_bytes())
    assert [one.serial_number for one in listed] == [x509.load_pem_x509_certificate(by_hand).serial_number]


def test_the_authority_s_files_are_for_this_user_and_are_never_overwritten(door: Door) -> None:
    door.invite()
    folder = door.enrolment.terms.folder
    assert {path.name: path.stat().st_mode & 0o077 for path in folder.iterdir()} == {"ca.crt": 0, "ca.key": 0, "crl.pem": 0}
    before = (folder / "ca.key").read_bytes()
    door.invite()
    assert (folder / "ca.key").read_bytes() == before
    (folder / "ca.key").unlink()
    with pytest.raises(SettingsError):
        door.invite()
    assert door.client.get(f"{PATH}/authority").status_code == 503
    assert not (folder / "ca.key").exists()
    (folder / "ca.key").write_bytes(before)


def test_nobody_is_invited_under_a_name_that_is_no_gate_s(rig: Rig, tmp_path: Path) -> None:
    enrolment = Enrolment(rig.database, Terms(tmp_path / "authority", 90, "broker.example", 8883), lambda: rig.now_ms)
    for name in ("cloud", "gate/1", "Gate", "+", ""):
        with pytest.raises(SettingsError):
            enrolment.invite(name, "north", 1.0, "admin")
    assert not (tmp_path / "authority").exists()
