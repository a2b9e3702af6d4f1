"""Passes and badges that are good no more: told by the cloud, believed with a signature, kept over a restart, written down."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contract.errors import MessageError
from contract.messages.down import WithdrawnData
from contract.tokens import Refusal
from contract.withdrawn import MOST, signed_bytes
from edge.qr.checker import Checker
from edge.qr.used_passes import UsedPasses
from edge.uplink.withdrawal import Withdrawal
from edge.withdrawn import withdrawn_file
from tests.qr.codes import NOW_S, SITE, Signer

NOW = datetime.fromtimestamp(NOW_S, UTC) + timedelta(seconds=5)
CLOUD, NEXT, STRANGER = Signer(), Signer(), Signer()


def told(
    numbers: tuple[str, ...] = (), at_ms: int = 1, signer: Signer = CLOUD, keys: tuple[Signer, ...] = (CLOUD,), site: str = SITE
) -> bytes:
    names = tuple(one.public for one in keys)
    said = WithdrawnData(site=site, issued_ms=at_ms, keys=names, numbers=numbers, signature="")
    signature = b64encode(signer.key.sign(signed_bytes(said))).decode()
    return said.model_copy(update={"signature": signature}).model_dump_json().encode()


class Gate:
    """Its uplink and its process that reads codes, with one folder; made again, it is the gate after a restart."""

    def __init__(self, folder: Path, keys: tuple[Signer, ...] = (CLOUD,)) -> None:
        names = tuple(one.public for one in keys)
        self.file = withdrawn_file(folder / "gate.db")
        self.uplink = Withdrawal(SITE, names, self.file)
        self.checker = Checker(SITE, names, UsedPasses.open(folder / "gate.passes.db"), self.file)

    def why(self, text: str) -> Refusal | None:
        self.checker.look()
        return self.checker.check(text, NOW).why


def test_a_withdrawn_pass_and_badge_are_refused_by_name_also_after_a_restart(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    assert gate.uplink.take(told(("p-1", "s-17")))
    for one in (gate, Gate(tmp_path)):
        assert one.why(CLOUD.visitor_pass("p-1")) is Refusal.WITHDRAWN
        assert one.why(CLOUD.badge("s-17")) is Refusal.WITHDRAWN
        assert one.why(CLOUD.badge("s-18")) is None
    assert gate.checker.check(CLOUD.visitor_pass("p-1"), NOW).number == "p-1"


def test_a_list_that_nobody_known_has_signed_or_for_another_site_is_not_believed(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    for wrong in (told(("p-1",), signer=STRANGER), told(("p-1",), site="north-hall"), told(("p-1",)).replace(b"p-1", b"p-2")):
        with pytest.raises(MessageError):
            gate.uplink.take(wrong)
    assert gate.why(CLOUD.visitor_pass("p-1")) is None


def test_an_older_list_after_a_newer_one_makes_nothing_good_again(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    assert gate.uplink.take(told(("p-1",), at_ms=20))
    assert not gate.uplink.take(told((), at_ms=19))
    assert not gate.uplink.take(b"")
    assert not Gate(tmp_path).uplink.take(told((), at_ms=20))
    assert gate.why(CLOUD.visitor_pass("p-1")) is Refusal.WITHDRAWN


def test_a_key_is_changed_without_visiting_the_gate(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    assert gate.why(NEXT.badge()) is Refusal.UNKNOWN_KEY
    gate.uplink.take(told(at_ms=1, keys=(CLOUD, NEXT)))
    assert (gate.why(NEXT.badge()), gate.why(CLOUD.badge())) == (None, None)
    gate.uplink.take(told(at_ms=2, signer=NEXT, keys=(NEXT,)))
    again = Gate(tmp_path)
    assert (again.why(NEXT.badge()), again.why(CLOUD.badge())) == (None, Refusal.UNKNOWN_KEY)


def test_a_gate_that_is_paired_anew_goes_by_its_new_keys(tmp_path: Path) -> None:
    Gate(tmp_path).uplink.take(told(("s-17",)))
    other = Gate(tmp_path, keys=(STRANGER,))
    assert other.why(STRANGER.badge("s-17")) is None
    assert other.uplink.take(told(at_ms=0, signer=STRANGER, keys=(STRANGER,)))


def test_a_file_that_is_damaged_withdraws_nothing_and_stops_nobody(tmp_path: Path) -> None:
    Gate(tmp_path).file.write_text('{"anchors": 7')
    assert Gate(tmp_path).why(CLOUD.badge()) is None


def test_the_longest_list_fits_a_message() -> None:
    numbers = tuple(f"p-{number:030}" for number in range(MOST))
    assert len(told(numbers)) < 65_536


def test_only_what_was_made_to_be_a_pass_is_worth_a_record(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    assert gate.why("https://example.org/menu") is None
    assert gate.why(CLOUD.badge()[:-9]) is Refusal.DAMAGED
    assert gate.checker.check(STRANGER.visitor_pass("p-8"), NOW).number is None, "nobody knows whose number that is"
