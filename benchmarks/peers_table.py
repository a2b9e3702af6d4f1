"""The comparison with other networks, for a terminal."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rich.table import Table

from benchmarks.peers_accuracy import Accuracy
from benchmarks.peers_times import PassTimes
from models.evaluation.run import OURS

Times = Mapping[str, PassTimes]


def speed_table(one: Times, two: Times, flushed: Times, sizes_mb: Mapping[str, Mapping[str, float]]) -> Table:
    """Medians in milliseconds, and how many of our passes fit into one of theirs."""
    columns = ("network", "pass", "/ ours", "run alone", "2 threads", "flushed", "/ ours", "MB")
    table = Table(*columns, title="decoded picture to boxes, ms")
    for name, times in one.items():
        table.add_row(
            name,
            f"{times.whole.p50:.2f}",
            f"{times.whole.p50 / one[OURS].whole.p50:.1f} x",
            f"{times.network.p50:.2f}",
            f"{two[name].whole.p50:.2f}",
            f"{flushed[name].whole.p50:.2f}",
            f"{flushed[name].whole.p50 / flushed[OURS].whole.p50:.1f} x",
            f"{sizes_mb[name]['pss']:.0f}",
        )
    return table


def accuracy_table(right: Accuracy) -> Table:
    """mAP3, and wrong passes where ours lets as many worn faces pass."""
    columns = ("network", "mAP3", "absent called worn", "ours", "worn_wrong called worn", "ours")
    table = Table(*columns, title="photographs nobody trained on; ours where as many worn faces are called worn")
    for name, map3 in right.map3.items():
        (absent, wrong), (our_absent, our_wrong) = right.passes.get(name, ((math.nan, math.nan), (math.nan, math.nan)))
        shares = (absent, our_absent, wrong, our_wrong)
        table.add_row(name, f"{map3:.3f}", *("-" if math.isnan(share) else f"{share:.1%}" for share in shares))
    return table
