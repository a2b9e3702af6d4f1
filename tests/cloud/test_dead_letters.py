"""What nobody could read: kept apart, looked at, put through again."""

from __future__ import annotations

import random
import re
import stat
from pathlib import Path

import pytest

from cloud.commands.command_key import command_key
from cloud.commands.dead_letters import Action, dead_letters_command
from cloud.ingest import reading
from cloud.ingest.replay import replay
from cloud.store.dead_letters import DeadLetter, dead_letters_after
from cloud.store.tables import audit, dead_letter, dropped, event, visit
from contract.errors import MenshenError, MessageError, SettingsError
from contract.topics import Kind, topic
from tests.cloud import messages
from tests.cloud.rig import Rig
from tests.cloud.running import write_settings

DEAD = 9
ADDRESS = topic("gate-1", Kind.VISIT)
REFUSED = messages.visit(80).replace(b'"revision":0', b'"revision":' + b"9" * 40)
POISON = [
    b"{",
    b"\xff\xfe\x00",
    b'{"id": 5}',
    b'{"id": "gate-1:i1:77", "time": "soon"}',
    messages.visit(78).replace(b'"frames":9', b'"frames":NaN'),
    messages.visit(79).replace(b"gate-1:i1:79", b"gate-1:i1:" + b"9" * 40),
    REFUSED,
    b"x" * 65_536,
    b"[" * 60_000,
]


def test_one_in_a_hundred_is_poison_and_its_neighbours_do_not_notice(rig: Rig) -> None:
    chance = random.Random(7)
    good = [messages.visit(seq, f"v{seq}") for seq in range(1000, 1891)]
    bodies: list[tuple[str, bytes, str | None]] = [(ADDRESS, body, None) for body in good]
    bodies += [(ADDRESS, body, f"gate-1:i1:{number}") for number, body in enumerate(POISON, 1)]
    chance.shuffle(bodies)
    for start in range(0, len(bodies), 100):
        rig.put(*bodies[start : start + 100])
    assert len(rig.rows(event)) == len(good)
    kept = {row[0] for row in rig.rows(dead_letter, "body")}
    assert len(kept) == len(POISON)
    assert set(POISON) - kept == {REFUSED}, "what only the ledger refuses is kept as it was read, all others as they came"
    assert len(rig.bus.acknowledged) == len(bodies)
    assert {seq for _, _, seq in rig.bus.told} >= {*range(1000, 1891), *range(1, 7), 8, 9, 80}


def test_a_message_is_stored_after_the_repair_and_only_then_forgotten(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(_kind: Kind, _body: bytes) -> None:
        raise MessageError("a fault of this version")

    with monkeypatch.context() as broken:
        broken.setattr(reading, "read_event", cannot)
        rig.arrive(messages.visit(1))
        (letter,) = _letters(rig)
        assert replay(rig.database, letter, rig.now_ms) == "a fault of this version"
        assert rig.rows(dead_letter, "event", "error") == [("gate-1:i1:1", "a fault of this version")]
    rig.now_ms += 3_600_000
    assert replay(rig.database, letter, rig.now_ms) is None
    assert rig.rows(dead_letter) == []
    assert rig.rows(event, "seq", "received_ms") == [(1, letter.received_ms)]
    assert rig.rows(visit, "visit") == [("v1",)]


def test_stopped_between_storing_and_forgetting_it_stores_nothing_twice(rig: Rig) -> None:
    rig.put((ADDRESS, messages.visit(1)[:-1], "gate-1:i1:1"))
    (letter,) = _letters(rig)
    whole = type(letter)(letter.number, ADDRESS, "gate-1", letter.event, "", messages.visit(1), letter.received_ms, 1)
    rig.arrive(messages.visit(1))
    assert replay(rig.database, whole, rig.now_ms) is None
    assert len(rig.rows(event)) == 1


def test_an_event_the_ledger_refused_can_be_replayed_when_it_takes_it(rig: Rig) -> None:
    poison = messages.visit(2, "v2").replace(b'"revision":0', b'"revision":99999999999999999999999')
    rig.arrive(messages.visit(1), poison)
    (letter,) = _letters(rig)
    assert letter.topic == ADDRESS
    assert "refused" in (replay(rig.database, letter, rig.now_ms) or "")
    mended = letter.body.replace(b"99999999999999999999999", b"0")
    again = type(letter)(letter.number, letter.topic, "gate-1", letter.event, "", mended, letter.received_ms, 1)
    assert replay(rig.database, again, rig.now_ms) is None
    assert rig.rows(event, "seq") == [(1,), (2,)]


def test_the_command_lists_shows_replays_and_drops(rig: Rig, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = write_settings(tmp_path, DEAD)
    rig.put((ADDRESS, b'{"id": "gate-1:i1:3"}', "gate-1:i1:3"), (ADDRESS, b"\x1b[2J{", None))
    dead_letters_command(settings, Action.LIST, None, every=False)
    assert "2 dead letters" in capsys.readouterr().out
    dead_letters_command(settings, Action.SHOW, 2, every=False)
    shown = capsys.readouterr().out
    assert ("\x1b" in shown, "\\x1b[2J{" in shown) == (False, True)
    assert not dead_letters_command(settings, Action.REPLAY, None, every=True)
    assert "0 stored, 2 stay." in capsys.readouterr().out
    dead_letters_command(settings, Action.DROP, 1, every=False)
    with pytest.raises(MenshenError, match="there is no dead letter 1"):
        dead_letters_command(settings, Action.REPLAY, 1, every=False)
    with pytest.raises(MenshenError, match="which one is not said"):
        dead_letters_command(settings, Action.DROP, None, every=True)
    assert len(rig.rows(dead_letter)) == 1
    assert rig.rows(dropped, "install", "first", "last") == [("i1", 3, 3)], "its number is no gap"
    assert [row[0] for row in rig.rows(audit, "action")] == ["dead letters replayed", "dead letter dropped"]


def test_a_key_is_made_once_private_and_printed_for_the_gates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = write_settings(tmp_path, DEAD)
    command_key(settings, None)
    first, key = capsys.readouterr().out, tmp_path / "command.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "key_file" in first
    settings.write_text(settings.read_text() + f'[command]\nkey_file = "{key}"\n')
    command_key(settings, None)
    second = capsys.readouterr().out
    assert _public(first) == _public(second)
    assert "key_file" not in second
    command_key(settings, tmp_path / "next.key")
    assert _public(capsys.readouterr().out) != _public(first)
    key.write_text("no key")
    with pytest.raises(SettingsError, match=r"command\.key_file"):
        command_key(settings, None)


def _public(said: str) -> str:
    found = re.search(r'command_keys = \["([A-Za-z0-9+/]{43}=)"\]', said)
    assert found
    return found[1]


def _letters(rig: Rig) -> list[DeadLetter]:
    with rig.database.reading() as connection:
        return dead_letters_after(connection, 0, 10)
