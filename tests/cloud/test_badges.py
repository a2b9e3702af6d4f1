"""Badges of staff: issued, shown on a telephone, taken by the gate, revoked; and the key they are signed with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cloud.dispatch.signer import public_of
from cloud.enrolment.terms import Terms
from cloud.passes.signer import BadgeSigner
from cloud.passes.worker import Withdrawals
from cloud.settings import BadgeSettings, CloudSettings
from cloud.store.feed import Feed
from cloud.store.sites import place_gate
from cloud.store.tables import badge
from contract.errors import SettingsError
from contract.messages.down import WithdrawnData
from contract.messages.envelope import read_data
from contract.tokens import Refusal, Token, TokenKind
from edge.qr.checker import Checker, Shown
from edge.qr.used_passes import UsedPasses
from edge.uplink.withdrawal import Withdrawal
from edge.withdrawn import withdrawn_file
from tests.cloud import messages
from tests.cloud.people import somebody
from tests.cloud.server import Served
from tests.cloud.test_appointments import HALL, PLAN

NEW = {"holder": "s-17", "reception": "south-hall"}


@pytest.fixture
def chief(served: Served) -> Iterator[httpx.Client]:
    """The supervisor of a reception with one gate."""
    rig = served.rig
    rig.arrive(messages.visit(1))
    with rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "gate-1", "city/south")
    with somebody(served, "administrator", user="root") as admin:
        assert admin.put(HALL, json=PLAN).status_code == 200
    with somebody(served, "supervisor", "city/south", user="chief") as client:
        yield client


class Gate:
    """What of a gate reads badges, at the cloud's time."""

    def __init__(self, folder: Path, served: Served, *keys: str) -> None:
        self.rig, file = served.rig, withdrawn_file(folder / "gate.db")
        known = keys or served.rig.badge_signer.keys
        self.uplink = Withdrawal("south-hall", known, file)
        self.checker = Checker("south-hall", known, UsedPasses.open(folder / "passes.db"), file)

    def shown(self, rows: list[str], after_s: float = 0) -> Shown:
        """What it says of the code on a telephone."""
        modules = np.array([[255 - 255 * int(one) for one in row] for row in rows], np.uint8)
        picture = np.kron(np.pad(modules, 4, constant_values=255), np.ones((4, 4), np.uint8))
        (code,) = zxingcpp.read_barcodes(picture)
        self.checker.look()
        return self.checker.check(code.text, datetime.fromtimestamp(self.rig.now_ms / 1000 + after_s, UTC))


def codes(client: httpx.Client, page: str) -> list[dict[str, Any]]:
    answer = client.get(f"{page}/codes")
    assert answer.status_code == 200, answer.text
    made: list[dict[str, Any]] = answer.json()["codes"]
    return made


def told(served: Served) -> bytes:
    """What the cloud tells the gate now."""
    rig = served.rig
    rig.now_ms += 1000
    Withdrawals(rig.database, rig.bus, rig.badge_signer, lambda: rig.now_ms).round()
    return rig.bus.sent[-1][2].encode()


def test_a_badge_is_shown_for_ten_minutes_without_a_network_and_a_photograph_is_worth_nothing(
    chief: httpx.Client, served: Served, tmp_path: Path
) -> None:
    page, gate = chief.post("/api/badges", json=NEW).json()["page"], Gate(tmp_path, served)
    made = codes(chief, page)
    assert len({one["rows"][20] + one["rows"][21] for one in made}) == 20
    for number in (0, 10, 19):
        shown = gate.shown(made[number]["rows"], number * 30)
        assert (shown.refused, shown.token and shown.token.holder) == ("", "s-17")
    assert gate.shown(made[0]["rows"], 90).why is Refusal.OVER
    assert gate.shown(made[19]["rows"]).why is Refusal.EARLY, "what the telephone has in advance is no use to others now"


def test_a_revoked_badge_is_shown_no_more_and_refused_by_the_gate_within_its_last_codes(
    chief: httpx.Client, served: Served, tmp_path: Path
) -> None:
    page, gate = chief.post("/api/badges", json=NEW).json()["page"], Gate(tmp_path, served)
    (kept, *_) = codes(chief, page)
    assert chief.delete("/api/badges/s-17").status_code == 204
    assert (chief.get(page).status_code, chief.get(f"{page}/codes").status_code) == (410, 410)
    assert gate.shown(kept["rows"]).token is not None, "until it has been told"
    gate.uplink.take(told(served))
    assert gate.shown(kept["rows"]).why is Refusal.WITHDRAWN
    assert chief.post("/api/badges", json=NEW).status_code == 409, "a number is given once"
    assert chief.post("/api/badges/s-17/link").status_code == 409
    assert [one["revoked"] is not None for one in chief.get("/api/badges").json()] == [True]


def test_a_link_that_went_astray_is_changed_and_kept_nowhere(chief: httpx.Client, served: Served) -> None:
    first = chief.post("/api/badges", json=NEW).json()["page"]
    second = chief.post("/api/badges/s-17/link").json()["page"]
    assert (chief.get(first).status_code, chief.get(second).status_code) == (404, 200)
    assert second.rpartition("/")[2] not in str(served.rig.rows(badge)) + chief.get("/api/badges").text
    with somebody(served, "administrator", user="root") as admin:
        done = [row["action"] for row in admin.get("/api/audit").json()["deeds"]]
    assert done[:2] == ["badge link changed", "badge issued"]


def test_one_site_gives_no_badges_for_another(chief: httpx.Client, served: Served) -> None:
    chief.post("/api/badges", json=NEW)
    with somebody(served, "supervisor", "city/north") as other:
        assert other.post("/api/badges", json={**NEW, "holder": "s-18"}).status_code == 404
        assert other.delete("/api/badges/s-17").status_code == 404
        assert other.get("/api/badges").json() == []


def test_the_key_is_changed_without_visiting_a_gate(chief: httpx.Client, served: Served, tmp_path: Path) -> None:
    rig = served.rig
    old, following = rig.badge_signer.key, Ed25519PrivateKey.generate()
    gate = Gate(tmp_path, served, public_of(old))
    rig.badge_signer = BadgeSigner(old, public_of(following))
    assert gate.uplink.take(told(served))
    rig.badge_signer = BadgeSigner(following)
    said = told(served)
    assert gate.uplink.take(said)
    assert read_data(WithdrawnData, said).keys == (public_of(following),)
    fresh = BadgeSigner(following).text(Token(TokenKind.BADGE, "s-17", "south-hall", rig.now_ms // 1000, rig.now_ms // 1000 + 60))
    assert gate.checker.check(fresh, datetime.fromtimestamp(rig.now_ms / 1000, UTC)).why is Refusal.UNKNOWN_KEY, "not looked yet"
    gate.checker.look()
    assert gate.checker.check(fresh, datetime.fromtimestamp(rig.now_ms / 1000, UTC)).token is not None


def test_the_keys_are_made_at_the_first_start_for_this_user_only_and_told_to_gates_that_are_paired(tmp_path: Path) -> None:
    wanted = BadgeSettings(key_file=tmp_path / "badges.key", next_key_file=tmp_path / "next.key")
    first, again = BadgeSigner.of(wanted), BadgeSigner.of(wanted)
    assert first is not None
    assert again is not None
    assert (first.keys, len(first.keys)) == (again.keys, 2)
    assert {one.stat().st_mode & 0o777 for one in tmp_path.iterdir()} == {0o600}
    settings = CloudSettings.model_validate(
        {
            "ledger": {"url": "sqlite:///x.db"},
            "series": {"kind": "sqlite", "path": "s.db"},
            "enrol": {"folder": tmp_path, "badge_keys": ["A" * 43 + "="]},
            "badges": wanted,
        }
    )
    terms = Terms.of(settings)
    assert terms is not None
    assert terms.badge_keys == first.keys, "a gate takes two"
    assert BadgeSigner.of(BadgeSettings()) is None


def test_a_key_that_is_none_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "badges.key").write_text("none")
    with pytest.raises(SettingsError, match=r"badges\.key_file"):
        BadgeSigner.of(BadgeSettings(key_file=tmp_path / "badges.key"))
    with pytest.raises(ValueError, match="next_key_file"):
        BadgeSettings(next_key_file=tmp_path / "next.key")
