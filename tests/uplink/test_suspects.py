"""Which row ends the connection, and which one only happened to be under way when the broker died."""

from __future__ import annotations

from edge.uplink.suspects import AT_ONCE_S, SILENT_TIMES, Suspects


def test_the_oldest_without_a_receipt_is_suspect_and_goes_alone() -> None:
    suspects = Suspects()
    assert suspects.next is None
    assert suspects.lost(7, 10.0, told=True) == 7
    assert suspects.connected(same_broker=True) is None, "once is nothing"
    assert suspects.next == 7
    suspects.sent_alone(7, 11.0)
    assert suspects.alone
    assert suspects.next is None


def test_a_row_that_ends_the_connection_alone_and_at_once_is_guilty() -> None:
    suspects = Suspects([7])
    suspects.sent_alone(7, 11.0)
    assert suspects.lost(7, 11.1, told=True) is None
    assert suspects.connected(same_broker=True) == 7


def test_where_the_broker_says_nothing_it_takes_three_times_because_a_bad_line_looks_the_same() -> None:
    suspects = Suspects([7])
    guilty = []
    for _ in range(SILENT_TIMES):
        suspects.sent_alone(7, 11.0)
        suspects.lost(7, 11.1, told=False)
        guilty.append(suspects.connected(same_broker=True))
    assert guilty == [None, None, 7]


def test_a_row_that_got_through_after_all_begins_anew() -> None:
    suspects = Suspects([7])
    for _ in range(SILENT_TIMES):
        suspects.sent_alone(7, 11.0)
        suspects.lost(7, 11.1, told=False)
        suspects.connected(same_broker=True)
        suspects.free(7)
        suspects.lost(7, 12.0, told=False)
    assert suspects.next == 7


def test_a_broker_that_died_is_no_proof() -> None:
    suspects = Suspects([7])
    suspects.sent_alone(7, 11.0)
    suspects.lost(7, 11.1, told=True)
    assert suspects.connected(same_broker=False) is None
    assert suspects.next == 7, "it is tried alone again"


def test_a_connection_that_ends_long_after_is_no_proof() -> None:
    suspects = Suspects([7])
    suspects.sent_alone(7, 11.0)
    suspects.lost(7, 11.0 + AT_ONCE_S + 1, told=True)
    assert suspects.connected(same_broker=True) is None


def test_a_row_that_was_taken_is_free() -> None:
    suspects = Suspects([7, 9])
    suspects.sent_alone(7, 11.0)
    assert suspects.free(7)
    assert not suspects.alone
    assert suspects.next == 9
    assert not suspects.free(3)
