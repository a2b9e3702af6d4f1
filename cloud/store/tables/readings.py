"""What every sensor said last, and every run of a UV-C lamp: made from the events by the projector, for screens.

They must not look through thousands of them.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Table, Text

from cloud.store.tables.base import METADATA

newest_reading = Table(
    "newest_reading",
    METADATA,
    Column("gate", Text, primary_key=True),
    Column("sensor", Text, primary_key=True),
    Column("quantity", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("value", Float),
    Column("trouble", Text),
    Column("unit", Text, nullable=False),
    # When it was taken, and never later than it arrived: a gate whose clock is ahead must not keep its readings fresh.
    Column("at_ms", BigInteger, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("fresh_ms", BigInteger),
    Column("least", Float),
    Column("most", Float),
    # The last day on which its calibration counts, 2027-03-31.
    Column("calibration_due", Text),
    Index("newest_reading_received", "received_ms"),
)

uvc_run = Table(
    "uvc_run",
    METADATA,
    Column("gate", Text, primary_key=True),
    Column("sensor", Text, primary_key=True),
    # When it ended, as its gate's clock had it then: the same in every message that is about it.
    Column("taken_ms", BigInteger, primary_key=True),
    # The same in true time as far as that is known, and never later than it arrived.
    Column("ended_ms", BigInteger, nullable=False),
    # Of the event that said that there was a run.
    Column("install", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("place", Text, nullable=False),
    Column("lit_s", Float),
    Column("covered_pct", Float),
    Column("dose_mj_cm2", Float),
    Column("off_mj_cm2", Float),
    Column("mean_uw_cm2", Float),
    Column("peak_uw_cm2", Float),
    Column("target_mj_cm2", Float),
    Column("reached", Float),
    Column("trouble", Text),
    Column("received_ms", BigInteger, nullable=False),
    Index("uvc_run_ended", "ended_ms"),
    Index("uvc_run_event", "gate", "install", "seq"),
)
"""What a run gave at one place. The events go sooner than this does; `trouble`: why something of it is not known."""
