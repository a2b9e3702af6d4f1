"""Taking a member of staff out: the register, what was entered, and every visit that shows the badge."""

from __future__ import annotations

from sqlalchemy import Connection

from cloud.ledger.staff.rules import Rules
from cloud.store.erasing import erase_person
from cloud.store.feed import Feed
from cloud.store.staff.entries import erase_entries
from cloud.store.staff.register import Member, forget, member, number_of_badge
from cloud.store.staff.roster import take_off


def erase_member(connection: Connection, feed: Feed, whom: Member, now_ms: int, rules: Rules) -> int:
    """Returns how many visits were erased. That somebody was on a shift of the past stays, by number."""
    visits = 0 if whom.badge is None else erase_person(connection, feed, now_ms, badge=whom.badge)
    erase_entries(connection, whom.number)
    take_off(connection, whom.number, rules.day_of(now_ms), now_ms)
    forget(connection, whom.number, now_ms)
    return visits


def erase_badge(connection: Connection, feed: Feed, badge: str, now_ms: int, rules: Rules) -> int:
    """Erase whose badge it is, also where the register knows nobody with it. Returns how many visits were erased."""
    number = number_of_badge(connection, badge)
    whom = None if number is None else member(connection, number)
    if whom is None:
        return erase_person(connection, feed, now_ms, badge=badge)
    return erase_member(connection, feed, whom, now_ms, rules)
