"""Writes events into the series around those it will not have."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from cloud.ledger.events import Poison
from cloud.store.errors import SeriesRefusedError
from cloud.store.outbox import Waiting
from cloud.store.series import SeriesStore

log = logging.getLogger(__name__)
# Beside the store's own refusal: a number or a text that its driver cannot put on the wire.
_REFUSALS = (SeriesRefusedError, OverflowError, UnicodeError)


def write_around(series: SeriesStore, batch: Sequence[Waiting]) -> list[Poison]:
    """Write; what is refused is halved until the event at fault is alone. Returns those. Raises SeriesAwayError."""
    unreadable = [one.refused(one.fault) for one in batch if one.fault]
    return unreadable + _halved(series, [one for one in batch if one.points])


def _halved(series: SeriesStore, batch: Sequence[Waiting]) -> list[Poison]:
    try:
        series.write([point for one in batch for point in one.points])
    except _REFUSALS as refused:
        if len(batch) == 1:
            log.error("%s: %s", batch[0].id, refused)  # noqa: TRY400  the reason is the server's, a trace says nothing
            return [batch[0].refused(str(refused))]
        half = len(batch) // 2
        return _halved(series, batch[:half]) + _halved(series, batch[half:])
    return []
