"""The table: group by group, drawn and photographed, what was said."""

from collections.abc import Callable
from typing import Any, Final

from rich.table import Table

from contract.verdicts import Mask
from models.evaluation.people.judging import Outcome

Figures = dict[str, Any]
RATES: Final = "## The rates"
"""Heading of the page below which the table stands."""


def figures(outcomes: list[Outcome]) -> Figures:
    """Shares of these faces, 0 to 1; None where there is nobody to count."""
    barred = [o for o in outcomes if o.truth.worn_is_wrong]
    masked = [o for o in outcomes if o.truth.state is Mask.WORN]
    asked = [o for o in outcomes if o.by_yunet is not None]
    return {
        "pictures": len({o.scene.name for o in outcomes}),
        "faces": len(outcomes),
        "right": _share(outcomes, lambda o: o.right),
        "called_worn": _share(barred, lambda o: o.let_in),
        "refused": _share(masked, lambda o: o.refused),
        "unsure": _share(outcomes, lambda o: o.once is Mask.UNSURE),
        "not_found": _share(outcomes, lambda o: o.once is None),
        "voted_right": _share(outcomes, lambda o: o.voted in o.truth.right),
        "voted_called_worn": _share(barred, lambda o: o.let_in_by_vote),
        "found_by_yunet": _share(asked, lambda o: bool(o.by_yunet)),
        "answers": {str(said): sum(o.once == said for o in outcomes) for said in (*Mask, None)},
    }


def _share(outcomes: list[Outcome], counts: Callable[[Outcome], bool]) -> float | None:
    return round(sum(map(counts, outcomes)) / len(outcomes), 4) if outcomes else None


def summary(outcomes: list[Outcome]) -> dict[str, Figures]:
    """Group to its figures: all drawn, all photographs, and kind by kind."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.scene.group, []).append(outcome)
    return {name: _group(part) for name, part in groups.items()}


def _group(outcomes: list[Outcome]) -> Figures:
    drawn, real = [o for o in outcomes if o.scene.drawn], [o for o in outcomes if not o.scene.drawn]
    kinds: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        kinds.setdefault(f"{'drawn' if outcome.scene.drawn else 'photograph'}: {outcome.scene.kind}", []).append(outcome)
    return {
        "drawn": figures(drawn),
        **({"photographs": figures(real)} if real else {}),
        "kinds": {kind: figures(part) for kind, part in kinds.items()},
    }


_COLUMNS = ("right", "called_worn", "refused", "unsure", "not_found", "voted_right", "voted_called_worn", "found_by_yunet")


def table(groups: dict[str, Figures], title: str) -> Table:
    """Percentages, one row for drawn and one for photographed scenes of every group."""
    shown = Table("group", "pictures", *(column.replace("_", " ") + " %" for column in _COLUMNS), title=title)
    for name, parts in groups.items():
        for part in ("drawn", "photographs"):
            if part in parts:
                label = name if part == "drawn" else f"{name}, photographs"
                shown.add_row(label, str(parts[part]["pictures"]), *(_percent(parts[part][column]) for column in _COLUMNS))
    return shown


def markdown(groups: dict[str, Figures]) -> str:
    """The same table for a page."""
    head = ["group", "pictures", *(column.replace("_", " ") + " %" for column in _COLUMNS)]
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    for name, parts in groups.items():
        for part in ("drawn", "photographs"):
            if part in parts:
                label = name if part == "drawn" else f"{name}, photographs"
                cells = [label, str(parts[part]["pictures"]), *(_percent(parts[part][column]) for column in _COLUMNS)]
                lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def rewritten(page: str, model: str, groups: dict[str, Figures]) -> str:
    """The page with these rates below its last heading, RATES.

    Raises:
        ValueError: the page has no such heading.
    """
    head, found, _ = page.partition(f"{RATES}\n")
    if not found:
        raise ValueError(f"the page has no heading {RATES!r}")
    return f"{head}{RATES}\nMeasured with {model}.\n\n{markdown(groups)}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.0f}"
