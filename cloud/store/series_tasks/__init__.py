"""The Flux of the downsampling tasks, as shipped, with the names of an installation put in.

A shipped file is a task as it stands. Five lines of it are replaced: `option task`, `source`, `target`, `start`, `stop`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from cloud.store.flux import literal
from cloud.store.series import DAY_S, Span, Step

_LATE_DAYS: Final = 9
"""A gate may be away for a week; the daily task covers that and two days."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task as the server should have it."""

    name: str
    flux: str


def bucket_of(bucket: str, step: Step) -> str:
    """The bucket that holds the sums of `step`."""
    return f"{bucket}_{_SUFFIX[step]}"


def tasks(bucket: str) -> list[Task]:
    """The regular ones, and one a day of each step for what gates delivered late."""
    regular = [_task(f"{bucket} {_SUFFIX[step]}", step, bucket, _OPTIONS[step], {}) for step in Step]
    since = f"date.truncate(t: -{_LATE_DAYS}d, unit: 1h)"
    late = [_task(f"{bucket} {_SUFFIX[step]} late", step, bucket, _LATE[step], {"start": since}) for step in Step]
    return regular + late


def summary(bucket: str, step: Step, span: Span) -> str:
    """The same work as a question, for one span."""
    values = {"start": f"{span.start_s:d}", "stop": f"{span.end_s:d}"}
    # A question has no `option task`, and times as numbers need no `date`.
    return _without("import", _without("option task", _filled(step, bucket, values)))


def days(span: Span) -> list[Span]:
    """A span in pieces of a day, cut at whole days, so that no one question is asked for too long."""
    whole = span.whole(Step.HOUR)
    ends = [*range(whole.start_s // DAY_S * DAY_S + DAY_S, whole.end_s, DAY_S), whole.end_s]
    return [Span(begin, end) for begin, end in zip([whole.start_s, *ends], ends, strict=False) if begin < end]


_FILES: Final = {Step.FIVE_MINUTES: "five_minutes.flux", Step.HOUR: "one_hour.flux"}
_SUFFIX: Final = {Step.FIVE_MINUTES: "5m", Step.HOUR: "1h"}
_OPTIONS: Final = {Step.FIVE_MINUTES: "every: 5m, offset: 1m", Step.HOUR: "every: 1h, offset: 5m"}
_LATE: Final = {Step.FIVE_MINUTES: "every: 1d, offset: 10m", Step.HOUR: "every: 1d, offset: 40m"}


def _task(name: str, step: Step, bucket: str, options: str, values: dict[str, str]) -> Task:
    return Task(name, _filled(step, bucket, {"option task": f"{{name: {literal(name)}, {options}}}", **values}))


def _filled(step: Step, bucket: str, values: dict[str, str]) -> str:
    source = bucket if step is Step.FIVE_MINUTES else bucket_of(bucket, Step.FIVE_MINUTES)
    text = files(__package__).joinpath(_FILES[step]).read_text(encoding="utf-8")
    for name, value in {"source": literal(source), "target": literal(bucket_of(bucket, step)), **values}.items():
        line = f"{name} = {value}".replace("\\", "\\\\")
        text, count = re.subn(rf"^{name} = .*$", line, text, flags=re.MULTILINE)
        assert count == 1, name
    return text


def _without(words: str, text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(words))
