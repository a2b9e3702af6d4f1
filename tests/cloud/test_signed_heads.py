"""Signed heads, and the evidence that a third party verifies without the ledger."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, delete, select, update

from cloud.commands import app as cloud
from cloud.heads.signer import HeadSigner
from cloud.heads.worker import Heads
from cloud.ledger.chain import GENESIS, commitment, content_sha256, digest, link
from cloud.ledger.evidence import Evidence, Looked
from cloud.settings import LedgerSettings
from cloud.store.erasing import erase_person
from cloud.store.evidence import evidence
from cloud.store.feed import Feed
from cloud.store.heads import faults_of_heads, signed_heads
from cloud.store.sealed_tables import SEALED
from cloud.store.sealing import commitment_of
from cloud.store.tables import chain, chain_head, event, signed_head
from contract.console import REFUSED
from contract.verdicts import Verdict
from tests.cloud.messages import alert, visit
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig
from tests.cloud.running import write_settings

BADGE = "badge-4711"


def signing(rig: Rig) -> Heads:
    return Heads(rig.database, HeadSigner(Ed25519PrivateKey.generate()), lambda: rig.now_ms)


def filled(rig: Rig, heads: Heads) -> None:
    """Three links; the second is signed."""
    rig.arrive(visit(1), visit(2, "v2", verdict=Verdict.RECHECK, seen={"badge": BADGE}), alert(3, "recheck", subject="v2"))
    rig.arrive(alert(4))
    heads.round()
    rig.arrive(visit(5, "v5"))


def faults(rig: Rig) -> list[str]:
    with rig.database.reading() as connection:
        return faults_of_heads(connection)[1]


def lines(rig: Rig, *, contents: bool = False, first: int = 1) -> list[bytes]:
    with rig.database.reading() as connection:
        return list(evidence(connection, rig.now_ms, first, contents=contents))


def looked(told: list[bytes], *trusted: str) -> Looked:
    return Evidence(frozenset(trusted)).look(told)


def test_what_was_written_years_ago_is_still_hashed_in_the_same_way() -> None:
    """Golden: an existing ledger must verify with every later version."""
    row: list[str | int | bool | None] = ["gate-1", "安装", 7, True, None, 'a "b"\n']
    content = content_sha256(bytes(range(16)), ["读数 36.5", None])
    assert content.hex() == "348e828ba8456781a2236947a61f07d22e05a3803c3e03feeaff71f1f9018e8e"
    assert commitment("event", row, content).hex() == "9f1f9003cdf4b11e1822dd688b7149436eee4dffc5acbae9ec45394335511967"
    assert digest([content, GENESIS]).hex() == "14ba79f5ca03a3df76cbcd2f93b58d6946d12bf3d2cdc326ae0b420b2851981d"
    assert link(GENESIS, 1, 2, content).hex() == "11c312fe75111fca8ec237a9cdfa9eb1320ad3acbb1e32f8233a220ef7367fe8"


@either_ledger
def test_the_head_is_signed_once_for_each_hour_in_which_something_came(rig: Rig) -> None:
    heads = signing(rig)
    assert heads.round() is None
    filled(rig, heads)
    rig.now_ms += 3_600_000
    second = heads.round()
    assert heads.round() is None
    with rig.database.reading() as connection:
        kept = signed_heads(connection, 10)
    assert [one.number for one in kept] == [3, 2]
    assert kept[0] == second
    assert faults(rig) == []


def test_anybody_can_check_a_signature_with_the_published_key(tmp_path: Path) -> None:
    rig = Rig.open(tmp_path / "ledger.db")
    heads = signing(rig)
    filled(rig, heads)
    with rig.database.reading() as connection:
        told = signed_heads(connection, 1)[0].told()
    signed = f"menshen ledger head 1\n{told['number']}\n{told['link']}\n{told['at_ms']}\n".encode()
    Ed25519PublicKey.from_public_bytes(b64decode(told["key"])).verify(b64decode(told["signature"]), signed)
    rig.database.close()


def test_a_chain_that_was_written_anew_from_its_first_link_is_found_by_the_signed_heads(tmp_path: Path) -> None:
    rig = Rig.open(tmp_path / "ledger.db")
    filled(rig, signing(rig))
    with rig.database.writing() as connection:
        connection.execute(update(event).where(event.c.seq == 1).values(received_ms=1))
        rewrite(connection)
    assert faults(rig) == ["the signed head at link 2 is not of this chain: what stands before it was written anew"]
    with rig.database.reading() as connection:
        kept = tuple(signed_heads(connection, 1))
    with rig.database.writing() as connection:
        connection.execute(delete(signed_head))
    with rig.database.reading() as connection:
        assert "kept elsewhere" in faults_of_heads(connection, kept=kept)[1][0]
    rig.database.close()


def rewrite(connection: Connection) -> None:
    """As somebody would who can write to the database: every link reckoned anew."""
    before = GENESIS
    for row in connection.execute(select(chain).order_by(chain.c.number)).all():
        under = [
            commitment_of(name, dict(one))
            for name, of in SEALED.items()
            for one in connection.execute(select(of.table).where(of.table.c.seal == row.seal)).mappings()
        ]
        before = link(before, row.number, row.rows, digest(under))
        connection.execute(update(chain).where(chain.c.number == row.number).values(digest=digest(under), link=before))
    connection.execute(update(chain_head).values(link=before))


@either_ledger
def test_the_evidence_verifies_without_the_ledger_also_when_a_person_was_erased(rig: Rig) -> None:
    heads = signing(rig)
    filled(rig, heads)
    before = lines(rig, contents=True)
    assert BADGE in b"".join(before).decode()
    with rig.database.writing() as connection, Feed(connection) as feed:
        assert erase_person(connection, feed, rig.now_ms, badge=BADGE) == 1
    for contents, told in ((True, 3), (False, 0)):
        found = looked(lines(rig, contents=contents))
        assert (found.faults, found.first, found.last, found.heads, found.proven) == ([], 1, 3, 1, 2)
        assert found.told >= told
        assert BADGE not in b"".join(lines(rig, contents=contents)).decode()
    assert looked(lines(rig, first=2)).faults == []
    assert looked(before).faults == []


def other_content(told: list[bytes]) -> list[bytes]:
    return [line.replace(b'\\"pass\\"', b'\\"hold\\"') for line in told]


def other_time(told: list[bytes]) -> list[bytes]:
    rows = [json.loads(line) for line in told]
    next(row for row in rows if row["kind"] == "row")["header"][4] += 1
    return [json.dumps(row).encode() for row in rows]


def one_gone(told: list[bytes]) -> list[bytes]:
    at = next(number for number, line in enumerate(told) if b'"kind":"row"' in line)
    return told[:at] + told[at + 1 :]


def a_link_gone(told: list[bytes]) -> list[bytes]:
    return [line for line in told if b'"kind":"link","number":1,' not in line]


def end_cut_off(told: list[bytes]) -> list[bytes]:
    return told[:-1]


def other_head(told: list[bytes]) -> list[bytes]:
    rows = [json.loads(line) for line in told]
    next(row for row in rows if row["kind"] == "head")["at_ms"] += 1
    return [json.dumps(row).encode() for row in rows]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (other_content, "content is not as it was written"),
        (other_time, "is not as it was written"),
        (one_gone, "rows were written"),
        (a_link_gone, "stands outside of its link"),
        (end_cut_off, "the file has no end"),
        (other_head, "was not signed by its key"),
        (lambda told: [*told[:2], b"nonsense\n", *told[2:]], "line 3 cannot be read"),
    ],
)
def test_whatever_is_changed_in_a_file_of_evidence_is_found(
    tmp_path: Path, change: Callable[[list[bytes]], list[bytes]], fault: str
) -> None:
    rig = Rig.open(tmp_path / "ledger.db")
    filled(rig, signing(rig))
    whole = lines(rig, contents=True)
    assert looked(whole).faults == []
    assert any(fault in one for one in looked(change(whole)).faults), looked(change(whole)).faults
    rig.database.close()


def test_heads_of_another_key_are_no_proof_for_whoever_knows_the_key(tmp_path: Path) -> None:
    rig = Rig.open(tmp_path / "ledger.db")
    filled(rig, signing(rig))
    assert "another key" in looked(lines(rig), HeadSigner(Ed25519PrivateKey.generate()).public).faults[0]
    rig.database.close()


def test_the_key_is_made_at_the_first_start_beside_an_embedded_ledger_and_stays(tmp_path: Path) -> None:
    settings = LedgerSettings(url=f"sqlite:///{tmp_path / 'ledger.db'}")
    first, second = HeadSigner.of(settings), HeadSigner.of(settings)
    assert first is not None
    assert second is not None
    assert first.public == second.public
    assert (tmp_path / "ledger.db.heads.key").stat().st_mode & 0o77 == 0
    assert HeadSigner.of(LedgerSettings(url="postgresql://somewhere/ledger")) is None


def test_a_third_party_verifies_a_file_with_one_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rig = Rig.open(tmp_path / "ledger.db")
    filled(rig, signing(rig))
    file = tmp_path / "evidence.jsonl"
    file.write_bytes(b"".join(lines(rig)))
    rig.database.close()
    assert cloud(["verify", "--file", str(file)], standalone_mode=False) in (None, 0)
    assert "Signed heads that hold: 1, the newest of link 2" in capsys.readouterr().out
    file.write_bytes(b"".join(one_gone(file.read_bytes().splitlines(keepends=True))))
    assert cloud(["verify", "--file", str(file)], standalone_mode=False) == REFUSED


def test_the_ledgers_owner_verifies_it_against_heads_that_were_kept_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, rig = write_settings(tmp_path, 1), Rig.open(tmp_path / "ledger.db")
    heads = signing(rig)
    filled(rig, heads)
    with rig.database.reading() as connection:
        told = signed_heads(connection, 1)[0].told()
    kept = tmp_path / "heads.json"
    kept.write_text(json.dumps({"heads": [told]}))
    words = ["verify", str(settings), "--heads", str(kept), "--key", told["key"]]
    assert cloud(words, standalone_mode=False) in (None, 0)
    assert "Signed heads that hold: 1; kept elsewhere: 1." in capsys.readouterr().out
    with rig.database.writing() as connection:
        rewrite(connection)
        connection.execute(update(event).where(event.c.seq == 1).values(received_ms=1))
        rewrite(connection)
    assert cloud(words, standalone_mode=False) == REFUSED
    assert "kept elsewhere: the signed head at link 2 is not of this chain" in capsys.readouterr().err
    rig.database.close()
