"""The cloud's numbers for Prometheus: `/metrics`, for a token, or for this machine where no token is set."""

from __future__ import annotations

import secrets
from typing import Annotated, Final

from fastapi import APIRouter, Header, HTTPException, Request, Response

from cloud.api.health import GOOD
from cloud.api.parts import Parts, PartsOf
from cloud.ledger.condition import Condition, GateCondition
from cloud.ledger.gates import GateState
from cloud.settings import WebSettings
from cloud.store.views.condition import condition_of
from contract.errors import SettingsError
from contract.prometheus import CONTENT_TYPE, Labels, Metric, Value, exposition

router = APIRouter()
SHORTEST: Final = 20
HERE: Final = frozenset({"127.0.0.1", "::1"})
_DAY_S: Final = 86_400.0

METRICS: Final = (
    Metric("menshen_cloud_part_working", "gauge", "Whether broker, ledger and series work.", ("part",)),
    Metric("menshen_cloud_events_stored_total", "counter", "Events this process has brought into the ledger."),
    Metric("menshen_cloud_dead_letters_total", "counter", "Messages this process could not take."),
    Metric("menshen_cloud_series_written_total", "counter", "Events this process has copied into the series."),
    Metric("menshen_cloud_series_refused_total", "counter", "Events whose points the series store would not have."),
    Metric("menshen_cloud_series_waiting_events", "gauge", "Events that are not in the series yet."),
    Metric("menshen_cloud_series_oldest_age_seconds", "gauge", "Since the oldest of them arrived; 0 where none waits."),
    Metric("menshen_cloud_notices_sent_total", "counter", "Notices of unacknowledged alarms that the other side has taken."),
    Metric("menshen_cloud_notices_failed_total", "counter", "Notices that were given up."),
    Metric("menshen_cloud_reports_made_total", "counter", "Daily reports that this process made."),
    Metric("menshen_cloud_screens", "gauge", "Live screens that listen."),
    Metric("menshen_cloud_screens_cut_off_total", "counter", "Screens that could not follow and were cut off."),
    Metric("menshen_cloud_gate_state", "gauge", "1 for the state the gate is in: live, stale, offline.", ("gate", "state")),
    Metric("menshen_cloud_gate_heard_age_seconds", "gauge", "Since the gate was last heard.", ("gate",)),
    Metric("menshen_cloud_gate_outbox_rows", "gauge", "Events that waited on the gate at its last health message.", ("gate",)),
    Metric("menshen_cloud_gate_loop_seconds", "gauge", "One round of its loop, of the last rounds.", ("gate", "quantile")),
    Metric("menshen_cloud_gate_restarts_total", "counter", "How often the process was started again.", ("gate", "part")),
    Metric("menshen_cloud_gate_people_inside", "gauge", "Inside by its count; absent where nobody counts or knows.", ("gate",)),
    Metric("menshen_cloud_gate_people_limit", "gauge", "How many may be inside.", ("gate",)),
    Metric("menshen_cloud_gate_people_waiting", "gauge", "At least so many were seen waiting at once.", ("gate",)),
    Metric("menshen_cloud_gate_dead_letters", "gauge", "Messages of the gate that nobody could read.", ("gate",)),
    Metric("menshen_cloud_gate_missing_events", "gauge", "Numbers of the gate that never came.", ("gate",)),
    Metric("menshen_cloud_gate_dropped_events", "gauge", "Numbers that the gate gave up and named.", ("gate",)),
    Metric("menshen_cloud_gate_disk_ok", "gauge", "Whether its disk takes events.", ("gate",)),
    Metric("menshen_cloud_gate_clock_ok", "gauge", "Whether its clock can be believed.", ("gate",)),
    Metric("menshen_cloud_gate_clock_ahead_seconds", "gauge", "How far its clock goes before this one, at least.", ("gate",)),
    Metric("menshen_cloud_gate_certificate_seconds", "gauge", "Until its certificate towards the broker ends.", ("gate",)),
)

_COUNTS: Final = {
    "events_stored": "menshen_cloud_events_stored_total",
    "dead_letters": "menshen_cloud_dead_letters_total",
    "series_written": "menshen_cloud_series_written_total",
    "series_refused": "menshen_cloud_series_refused_total",
    "notices_sent": "menshen_cloud_notices_sent_total",
    "notices_failed": "menshen_cloud_notices_failed_total",
    "reports_made": "menshen_cloud_reports_made_total",
    "screens": "menshen_cloud_screens",
    "screens_cut_off": "menshen_cloud_screens_cut_off_total",
}


def read_token(web: WebSettings) -> str | None:
    """The token of `web.metrics_token_file`. Raises SettingsError."""
    if web.metrics_token_file is None:
        return None
    try:
        token = web.metrics_token_file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise _unusable(web, f"the metrics' token cannot be read ({unreadable})") from unreadable
    if len(token) < SHORTEST:
        raise _unusable(web, f"the metrics' token has {len(token)} characters")
    return token


def _unusable(web: WebSettings, what: str) -> SettingsError:
    remedy = f"Put {SHORTEST} characters or more in it: `openssl rand -hex 32`."
    return SettingsError(what, where=f"web.metrics_token_file = {str(web.metrics_token_file)!r}", remedy=remedy)


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request, parts: PartsOf, authorization: Annotated[str, Header()] = "") -> Response:
    """Numbers only, nothing personal; which gates there are is told too, so it is not for everybody."""
    token: str | None = request.app.state.metrics_token
    if token is None:
        # Behind a proxy everybody may look like this machine.
        if parts.secure or request.client is None or request.client.host not in HERE:
            raise HTTPException(403, "Only for this machine, or with web.metrics_token_file.")
    elif not secrets.compare_digest(authorization.encode(), f"Bearer {token}".encode()):
        raise HTTPException(401, "Needs the token.", {"WWW-Authenticate": "Bearer"})
    values = {**_own(parts), **_series(condition := condition_of(parts.database, parts.now_ms())), **_gates(condition)}
    return Response(exposition(METRICS, values), headers={"content-type": CONTENT_TYPE})


def _own(parts: Parts) -> dict[str, Value]:
    counts = parts.counts()
    working: dict[Labels, float] = {(name,): float(one.state in GOOD) for name, one in parts.states().items()}
    return {
        "menshen_cloud_part_working": working,
        **{metric: float(counts[name]) for name, metric in _COUNTS.items() if name in counts},
    }


def _series(condition: Condition) -> dict[str, Value]:
    since_ms = condition.series_since_ms
    return {
        "menshen_cloud_series_waiting_events": condition.series_waiting,
        "menshen_cloud_series_oldest_age_seconds": 0.0 if since_ms is None else (condition.now_ms - since_ms) / 1000,
    }


def _gates(condition: Condition) -> dict[str, Value]:
    gates, now_ms = condition.gates, condition.now_ms
    return {
        "menshen_cloud_gate_state": {(one.gate, state): float(one.state is state) for one in gates for state in GateState},
        "menshen_cloud_gate_heard_age_seconds": {(one.gate,): (now_ms - one.heard_ms) / 1000 for one in gates},
        "menshen_cloud_gate_dead_letters": {(one.gate,): one.dead_letters for one in gates},
        "menshen_cloud_gate_missing_events": {(one.gate,): one.missing for one in gates},
        "menshen_cloud_gate_dropped_events": {(one.gate,): one.dropped for one in gates},
        "menshen_cloud_gate_disk_ok": {(one.gate,): float(not one.disk) for one in gates},
        "menshen_cloud_gate_clock_ahead_seconds": {(one.gate,): one.ahead_ms / 1000 for one in gates},
        **_told(gates),
        **_crowd(gates),
    }


def _crowd(gates: tuple[GateCondition, ...]) -> dict[str, Value]:
    """Of the gates that are heard now: what one said before it fell silent is not how many there are."""
    said = {one.gate: one.health for one in gates if one.health is not None and one.state is GateState.LIVE}
    inside = {gate: health.occupancy for gate, health in said.items() if health.occupancy is not None}
    queues = {gate: health.queue for gate, health in said.items() if health.queue is not None}
    return {
        "menshen_cloud_gate_people_inside": {(gate,): one.people for gate, one in inside.items() if one.people is not None},
        "menshen_cloud_gate_people_limit": {(gate,): one.limit for gate, one in inside.items() if one.limit is not None},
        "menshen_cloud_gate_people_waiting": {(gate,): one.people for gate, one in queues.items()},
    }


def _told(gates: tuple[GateCondition, ...]) -> dict[str, Value]:
    """What the gates say in their health messages."""
    said = {one.gate: one.health for one in gates if one.health is not None}
    loops: dict[Labels, float] = {}
    restarts: dict[Labels, float] = {}
    for gate, health in said.items():
        for quantile, took_ms in (("0.5", health.loop_p50_ms), ("0.99", health.loop_p99_ms)):
            if took_ms is not None:
                loops[gate, quantile] = took_ms / 1000
        restarts |= {(gate, part): float(count) for part, count in health.restarts.items()}
    days = {gate: health.certificate_days for gate, health in said.items()}
    return {
        "menshen_cloud_gate_outbox_rows": {(gate,): health.outbox_rows for gate, health in said.items()},
        "menshen_cloud_gate_loop_seconds": loops,
        "menshen_cloud_gate_restarts_total": restarts,
        "menshen_cloud_gate_clock_ok": {(gate,): float(health.clock_ok) for gate, health in said.items()},
        "menshen_cloud_gate_certificate_seconds": {(gate,): left * _DAY_S for gate, left in days.items() if left is not None},
    }
