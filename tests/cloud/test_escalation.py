"""Whom the cloud tells of an alarm that nobody acknowledges, when, and how often: by a fake clock, over a real ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from cloud.escalation.road import NotDeliveredError
from cloud.escalation.worker import Escalation
from cloud.ledger.alarms import Move, acknowledged
from cloud.ledger.contacts import Channel, Contact
from cloud.ledger.escalation import MOST_TRIES, Steps, pause_ms
from cloud.ledger.withholding import shelved
from cloud.store.alarms import Act, act_on_alarm, alarm_for_update
from cloud.store.contacts import save_contact
from cloud.store.feed import Feed
from cloud.store.notices import ToSend
from cloud.store.tables import notice
from tests.cloud import messages
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig

STEPS = Steps({1: (30_000, 120_000), 2: (60_000,)})


def contact(name: str, step: int = 1, **more: object) -> Contact:
    return Contact(name, {Channel.MAIL: f"{name}@site.example"}, step=step, **more)  # type: ignore[arg-type]


def keep(rig: Rig, *contacts: Contact) -> None:
    with rig.database.writing() as connection:
        for one in contacts:
            save_contact(connection, one)


class Post:
    """A road that keeps who was told; `trouble` makes it fail."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.tries = 0
        self.more: list[list[tuple[str, int]]] = []
        self.trouble: Callable[[], Exception] | None = None

    def deliver(self, one: ToSend, address: str, since: str) -> str:  # noqa: ARG002  the verb of a road
        self.tries += 1
        if self.trouble is not None:
            raise self.trouble()
        self.told.append((one.contact, one.name))
        self.more += [sorted(Counter(about.kind for about in one.more).items(), reverse=True)] if one.more else []
        return "250 taken"


def worker(rig: Rig, post: Post) -> Escalation:
    """At its gate's site Mei is told first, then Wang, then Li; somebody cares for another site."""
    keep(rig, contact("mei"), contact("wang", 2), contact("li", 3), contact("north", site="north"))
    return Escalation(rig.database, STEPS, {Channel.MAIL: post}, lambda: rig.now_ms)


def later(rig: Rig, seconds: float, escalation: Escalation) -> None:
    rig.now_ms += round(1000 * seconds)
    rig.ingest.round()
    escalation.round()


def act(rig: Rig, move: Move) -> None:
    with rig.database.writing() as connection, Feed(connection) as feed:
        alarm = alarm_for_update(connection, 1)
        assert alarm is not None
        now = (
            acknowledged(alarm, "li", rig.now_ms)
            if move is Move.ACK
            else shelved(alarm, "li", "why", rig.now_ms, rig.now_ms + 60_000)
        )
        assert act_on_alarm(connection, feed, alarm, now, Act(move, "li", rig.now_ms))


@either_ledger
def test_the_next_contact_is_told_when_the_first_does_not_help(rig: Rig) -> None:
    post = Post()
    escalation = worker(rig, post)
    rig.arrive(messages.alert(1, "fire"))
    for seconds, told in ((29, []), (1, ["mei"]), (60, ["mei"]), (30, ["mei", "wang"]), (3_600, ["mei", "wang"])):
        later(rig, seconds, escalation)
        assert [name for name, _ in post.told] == told
    assert rig.rows(notice, "contact", "state", "tries", "answer") == [
        ("mei", "sent", 1, "250 taken"),
        ("wang", "sent", 1, "250 taken"),
    ]


@either_ledger
def test_acknowledging_ends_it_and_a_new_raise_begins_anew(rig: Rig) -> None:
    post = Post()
    escalation = worker(rig, post)
    rig.arrive(messages.alert(1, "fire"))
    later(rig, 30, escalation)
    act(rig, Move.ACK)
    later(rig, 300, escalation)
    assert rig.rows(notice, "contact", "state") == [("mei", "acknowledged")]
    rig.arrive(messages.alert(2, "fire", state="returned", at=at(rig)))
    rig.now_ms += 1
    rig.arrive(messages.alert(3, "fire", at=at(rig)))
    later(rig, 30, escalation)
    assert len({name for _, name in post.told}) == len(post.told) == 2


def test_what_is_shelved_tells_nobody_else(rig: Rig) -> None:
    post = Post()
    escalation = worker(rig, post)
    rig.arrive(messages.alert(1, "tailgating"))
    later(rig, 30, escalation)
    act(rig, Move.SHELVE)
    later(rig, 50, escalation)
    assert [name for name, _ in post.told] == ["mei"]


def test_a_cloud_that_starts_again_tells_nobody_twice_and_forgets_nobody(rig: Rig) -> None:
    post = Post()
    post.trouble = lambda: NotDeliveredError("421 later")
    rig.arrive(messages.alert(1, "fire"))
    later(rig, 30, worker(rig, post))
    post.trouble = None
    for _ in range(3):
        later(rig, 10, worker(rig, post))
    assert [name for name, _ in post.told] == ["mei"]
    assert rig.rows(notice, "state", "tries") == [("sent", 2)]


def test_a_process_that_dies_while_it_sends_has_counted_the_try(rig: Rig) -> None:
    post = Post()
    post.trouble = _DiedError
    rig.arrive(messages.alert(1, "fire"))
    with pytest.raises(_DiedError):
        later(rig, 30, worker(rig, post))
    assert rig.rows(notice, "state", "tries", "due_ms") == [("queued", 1, rig.now_ms + pause_ms(1))]


class _DiedError(Exception):
    pass


def test_tries_grow_apart_and_end(rig: Rig) -> None:
    post = Post()
    post.trouble = lambda: NotDeliveredError("421 later")
    escalation = worker(rig, post)
    rig.arrive(messages.alert(1))
    for _ in range(100):
        later(rig, 60, escalation)
    assert post.tries == MOST_TRIES
    assert rig.rows(notice, "state", "answer") == [("failed", "421 later")]
    assert [pause_ms(tries) for tries in (1, 2, 3, 20)] == [5_000, 10_000, 20_000, 300_000]


def test_a_refusal_for_good_is_not_tried_again(rig: Rig) -> None:
    post = Post()
    post.trouble = lambda: NotDeliveredError("550 nobody here", for_good=True)
    escalation = worker(rig, post)
    rig.arrive(messages.alert(1))
    for _ in range(5):
        later(rig, 600, escalation)
    assert post.tries == 1


def test_a_case_that_nobody_takes_is_told_too(rig: Rig) -> None:
    post = Post()
    escalation = worker(rig, post)
    rig.arrive(messages.alert(1, "recheck", subject="v1"))
    later(rig, 119, escalation)
    later(rig, 2, escalation)
    later(rig, 30, escalation)
    assert rig.rows(notice, "subject", "kind", "detail") == [("case-1", "recheck", "untaken")]


def test_a_dead_switch_is_one_letter_that_names_each(rig: Rig) -> None:
    post = Post()
    escalation = worker(rig, post)
    rig.arrive(
        *(messages.alert(seq, kind, gate=f"gate-{number}") for number in range(5) for seq, kind in ((1, "fire"), (2, "barrier")))
    )
    later(rig, 60, escalation)
    assert len(post.told) == 1
    assert post.more == [[("fire", 4), ("barrier", 5)]]
    assert set(rig.rows(notice, "state")) == {("sent",)}
    assert len(rig.rows(notice)) == 10


def test_only_those_on_duty_are_told() -> None:
    night = contact("night", days=frozenset({4}), begins_min=22 * 60, ends_min=6 * 60)
    friday = datetime(2026, 11, 20, tzinfo=UTC)
    on_duty = [hour for hour in range(48) if night.on_duty(friday.replace(day=20 + hour // 24, hour=hour % 24))]
    assert on_duty == [22, 23, *range(24, 30)]


def at(rig: Rig) -> datetime:
    return datetime.fromtimestamp(rig.now_ms / 1000, UTC)
