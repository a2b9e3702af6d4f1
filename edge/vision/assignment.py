"""Which face belongs to which track: the pairing that is likeliest as a whole, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INFINITE: Final = float("inf")

Costs = list[list[float]]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pairing:
    """One row and its column.

    Attributes:
        row, column: indices.
        lead: by how much the best pairing of all beats the best one in which this pair is exchanged, with another pair or for
            a row or column that was left over; infinite where nobody else comes into question.
    """

    row: int
    column: int
    lead: float


def assign(costs: Costs, alone: float) -> list[Pairing]:
    """The pairs whose costs sum to the least, when a row without a column costs `alone`.

    Exact. A row and a column that could only be with each other are a pair without further work; groups that compete are
    solved by shortest augmenting paths (Kuhn 1955, in the form of Jonker and Volgenant 1987). A cost of `alone` or more never
    makes a pair.
    """
    near = [[column for column, cost in enumerate(line) if cost < alone] for line in costs]
    wanted: list[list[int]] = [[] for _ in costs[0]] if costs else []
    for row, columns in enumerate(near):
        for column in columns:
            wanted[column].append(row)
    plain = {row for row, columns in enumerate(near) if len(columns) == 1 and len(wanted[columns[0]]) == 1}
    pairs = [Pairing(row, near[row][0], INFINITE) for row in plain]
    for rows, columns in _groups(near, wanted, {row for row, columns in enumerate(near) if columns} - plain):
        group = [[costs[row][column] for column in columns] for row in rows]
        solved = _solve(group, alone)
        leads = _leads(group, alone, solved)
        pairs += [Pairing(rows[row], columns[column], lead) for (row, column), lead in zip(solved, leads, strict=True)]
    return pairs


def _leads(costs: Costs, alone: float, pairs: Sequence[Pair]) -> list[float]:
    """The lead of each pair within a group."""
    column_of, taken = dict(pairs), {column for _, column in pairs}
    leads = []
    for row, column in pairs:
        own = costs[row][column]
        others = [(other, column_of.get(other)) for other, line in enumerate(costs) if other != row and line[column] < alone]
        exchanges = [_exchange(costs, alone, (row, column), other) for other in others]
        spare = [cost - own for other, cost in enumerate(costs[row]) if other not in taken]
        leads.append(min([*exchanges, *spare], default=INFINITE))
    return leads


def _exchange(costs: Costs, alone: float, pair: Pair, rival: tuple[int, int | None]) -> float:
    """What it costs more when the rival's row gets the pair's column, and the pair's row what the rival's had."""
    (row, column), (other, given) = pair, rival
    before = costs[row][column] + (alone if given is None else costs[other][given])
    return costs[other][column] + (alone if given is None else min(costs[row][given], alone)) - before


def _groups(near: list[list[int]], wanted: list[list[int]], left: set[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Rows and columns that compete for one another, directly or through others."""
    while left:
        waiting, rows, columns = [left.pop()], list[int](), set[int]()
        while waiting:
            row = waiting.pop()
            rows.append(row)
            columns.update(near[row])
            fresh = {other for column in near[row] for other in wanted[column]} & left
            left -= fresh
            waiting += fresh
        yield sorted(rows), sorted(columns)


def _solve(costs: Costs, alone: float) -> list[Pair]:
    """Every row finds a column: a real one, or one of its own that stands for being alone."""
    count, width = len(costs), len(costs[0])
    full = [[min(cost, alone) for cost in line] + [alone] * count for line in costs]
    held: list[int] = [-1] * (width + count)
    row_price, column_price = [0.0] * count, [0.0] * (width + count)
    for start in range(count):
        _place(start, full, held, row_price, column_price)
    return [(row, column) for column, row in enumerate(held[:width]) if row >= 0 and costs[row][column] < alone]


def _place(start: int, costs: Costs, held: list[int], row_price: list[float], column_price: list[float]) -> None:
    """Give row `start` a column by the shortest augmenting path, and keep the prices such that no reduced cost is below 0."""
    least, came_from = [INFINITE] * len(held), [-1] * len(held)
    done: set[int] = set()
    row, column = start, -1
    reached = 0.0
    while True:
        for other, cost in enumerate(costs[row]):
            if other in done:
                continue
            path = reached + cost - row_price[row] - column_price[other]
            if path < least[other]:
                least[other], came_from[other] = path, column
        column = min((other for other in range(len(held)) if other not in done), key=least.__getitem__)
        reached = least[column]
        done.add(column)
        if held[column] < 0:
            break
        row = held[column]
    row_price[start] += reached
    for other in done:
        if held[other] >= 0:
            row_price[held[other]] += reached - least[other]
        column_price[other] -= reached - least[other]
    while column >= 0:
        before = came_from[column]
        held[column] = start if before < 0 else held[before]
        column = before
