"""What the facts mean for a person: what is wrong, how badly, and what to do. Decides from values alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cloud.ledger.condition import Condition, GateCondition
from cloud.ledger.gates import GateState

CERTIFICATE_DAYS: Final = 14.0
SKEW_MS: Final = 2_000
WRONG_MS: Final = 60_000
SERIES_MS: Final = 300_000
WAITING: Final = 100
"""More events than this on a gate that is connected are a backlog, not the last second's."""
SETTLED_S: Final = 600.0
"""A gate that runs for so long has had time to set its clock."""
CLOUD: Final = ""


class Need(StrEnum):
    """How much a finding asks for."""

    NOTHING = "nothing"
    PATIENCE = "patience"
    """A state that ends by itself; look again later."""
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `gate` is empty for the cloud itself; `remedy` is empty where nothing is to be done."""

    gate: str
    need: Need
    about: str
    words: str
    remedy: str = ""


def diagnose(condition: Condition) -> list[Finding]:
    """Findings of the cloud first, then gate by gate; what is fine is a finding too."""
    found = [*_cloud(condition)]
    for gate in condition.gates:
        wrong = [finding for look in _LOOKS for finding in look(gate, condition.now_ms)]
        found += wrong or [Finding(gate.gate, Need.NOTHING, "all", "is heard, has delivered everything, and its clock is right")]
    return found


def _cloud(condition: Condition) -> Iterator[Finding]:
    if not condition.gates:
        remedy = "Start a gate whose broker is this cloud's; `menshen-edge check` says why it cannot connect."
        yield Finding(CLOUD, Need.PATIENCE, "gates", "no gate was ever heard", remedy)
    if condition.series_since_ms is not None:
        waits_ms = condition.now_ms - condition.series_since_ms
        words = f"{condition.series_waiting} events wait for the series, the oldest for {_span(waits_ms)}"
        late = waits_ms > SERIES_MS
        remedy = "See `menshen-cloud check`: the series store is away or refuses this cloud. Nothing is lost." if late else ""
        yield Finding(CLOUD, Need.PERSON if late else Need.PATIENCE, "series", words, remedy)
    if condition.unnamed_dead_letters:
        words = f"{condition.unnamed_dead_letters} messages of no known gate could not be read"
        yield Finding(CLOUD, Need.PERSON, "dead letters", words, _LETTERS)


_LETTERS: Final = (
    "`menshen-cloud dead-letters CLOUD.TOML list` shows them and why; after a repair `replay` puts them through, "
    "`drop` forgets them."
)


def _heard(gate: GateCondition, now_ms: int) -> Iterator[Finding]:
    silent = _span(now_ms - gate.heard_ms)
    remedy = "Look whether it has power and network; on the gate, `systemctl status menshen-gate` says what is missing."
    match gate.state:
        case GateState.LIVE:
            return
        case GateState.OFFLINE:
            yield Finding(gate.gate, Need.PERSON, "heard", f"has left the broker; last heard {silent} ago", remedy)
        case GateState.STALE:
            yield Finding(gate.gate, Need.PERSON, "heard", f"is connected, but has said nothing for {silent}", remedy)


def _lag(gate: GateCondition, now_ms: int) -> Iterator[Finding]:
    health = gate.health
    if health is None or health.outbox_rows <= WAITING:
        return
    at = _span(now_ms - (gate.health_ms or now_ms))
    words = f"{health.outbox_rows} events waited on the gate, from number {health.oldest_unacked} to {health.last_seq}, {at} ago"
    remedy = "They come by themselves, alerts first. Look again: the number has to fall."
    yield Finding(gate.gate, Need.PATIENCE, "lag", words, remedy)


def _disk(gate: GateCondition, _now_ms: int) -> Iterator[Finding]:
    if gate.disk:
        remedy = "Its decisions wait in memory and are lost if it loses power: make room on that disk, or replace it."
        yield Finding(gate.gate, Need.PERSON, "disk", f"its disk takes no events: {gate.disk}", remedy)


def _gaps(gate: GateCondition, _now_ms: int) -> Iterator[Finding]:
    if gate.missing:
        words = f"{gate.missing} of its events never came, and it says that it has delivered them"
        remedy = (
            "They may still be in the gate's database (uplink.keep_h): look there first; then find out who else writes there."
        )
        yield Finding(gate.gate, Need.PERSON, "gaps", words, remedy)
    if gate.dropped:
        words = f"it gave up {gate.dropped} events itself, and named them"
        remedy = "Its alarms `dropped` say why: a full disk (uplink.share_mb), or events that ended the connection."
        yield Finding(gate.gate, Need.PATIENCE, "gaps", words, remedy)


def _letters(gate: GateCondition, _now_ms: int) -> Iterator[Finding]:
    if gate.dead_letters:
        words = f"{gate.dead_letters} of its messages could not be taken"
        yield Finding(gate.gate, Need.PERSON, "dead letters", words, _LETTERS)


def _certificate(gate: GateCondition, _now_ms: int) -> Iterator[Finding]:
    days = None if gate.health is None else gate.health.certificate_days
    if days is None or days > CERTIFICATE_DAYS:
        return
    words = "its certificate has ended" if days <= 0 else f"its certificate ends in {days:.0f} days"
    remedy = "A paired gate renews it by itself: its log says what hinders it. Pair any other one (`menshen-cloud enrol`)."
    yield Finding(gate.gate, Need.PERSON, "certificate", words, remedy)


def _clock(gate: GateCondition, _now_ms: int) -> Iterator[Finding]:
    health = gate.health
    if health is not None and not health.clock_ok:
        settled = health.uptime_s > SETTLED_S
        words = f"nothing keeps its clock right since it started {_span(round(health.uptime_s * 1000))} ago"
        remedy = "On the gate: `timedatectl`, or `chronyc tracking`. Times are put right when its clock is."
        yield Finding(gate.gate, Need.PERSON if settled else Need.PATIENCE, "clock", words, remedy)
    if gate.ahead_ms > SKEW_MS:
        yield _skew(gate, gate.ahead_ms, "before")
    elif gate.behind_ms is not None and gate.behind_ms > WRONG_MS and not _is_backlogged(gate):
        yield _skew(gate, gate.behind_ms, "behind")


def _is_backlogged(gate: GateCondition) -> bool:
    """What arrives late from a backlog says nothing of a clock."""
    return gate.state is not GateState.LIVE or gate.health is None or gate.health.outbox_rows > WAITING


def _skew(gate: GateCondition, skew_ms: int, side: str) -> Finding:
    wrong = skew_ms > WRONG_MS
    remedy = "Compare `date -u` on both machines; both need NTP (chrony, timesyncd)."
    words = f"its clock goes {_span(skew_ms)} {side} the cloud's"
    return Finding(gate.gate, Need.PERSON if wrong else Need.PATIENCE, "clock", words, remedy)


def _parts(gate: GateCondition, _now_ms: int) -> Iterator[Finding]:
    health = gate.health
    if health is None or gate.state is not GateState.LIVE:
        return
    wrong = sorted(name for name, state in health.parts.items() if state in {"down", "fault"})
    if wrong:
        remedy = "Its alarms say since when; `menshen-edge check` on the gate says what to do."
        yield Finding(gate.gate, Need.PERSON, "parts", f"does not work there: {', '.join(wrong)}", remedy)
    if sum(health.restarts.values()):
        again = ", ".join(f"{name} {count}x" for name, count in sorted(health.restarts.items()) if count)
        remedy = "`journalctl -u menshen-gate` says why; it goes on by itself."
        yield Finding(gate.gate, Need.PATIENCE, "restarts", f"processes were started again: {again}", remedy)


_LOOKS: Final[tuple[Callable[[GateCondition, int], Iterator[Finding]], ...]] = (
    _heard, _parts, _disk, _lag, _gaps, _letters, _certificate, _clock,
)  # fmt: skip


def _span(span_ms: int) -> str:
    """A length of time as a person says it."""
    seconds = max(0, span_ms) // 1000
    for size, word in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {word}"
    return f"{seconds} seconds"
