"""Looking through a file of evidence, without the ledger that it came from: docs/reference/ledger-evidence.md describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from cloud.ledger.chain import GENESIS, commitment, content_sha256, link
from cloud.ledger.heads import SignedHead, head_faults
from cloud.ledger.removals import REMOVAL, REMOVAL_ROWS, Gone, under_link

FORMAT: Final = "menshen-ledger-evidence/1"
_MOST_FAULTS: Final = 100
_MALFORMED: Final = (KeyError, TypeError, ValueError)
Line = dict[str, Any]


@dataclass
class Looked:
    """What was found.

    Attributes:
        first, last: links; `reached` is the last link's hash.
        removed: how many more stood under them, and went when their time was over; recorded: of how many the file's rows say so.
        rows: how many stand under them; told: of how many the file has the content too.
        heads: how many signed heads are in it; keys: who signed them; proven: the link of the newest.
        faults: what is not as it was written, in words; the first hundred.
    """

    first: int = 0
    last: int = 0
    reached: bytes = GENESIS
    rows: int = 0
    told: int = 0
    removed: int = 0
    recorded: int = 0
    heads: int = 0
    proven: int = 0
    keys: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    complete: bool = False

    def fault(self, words: str) -> None:
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(words)


class Evidence:
    """Takes the lines of a file in their order. `trusted`: public keys, base64; empty: any."""

    def __init__(self, trusted: frozenset[str] = frozenset()) -> None:
        self.found = Looked()
        self._trusted = trusted
        self._waiting: list[bytes] = []
        self._wanted_last = 0

    def look(self, lines: Iterable[bytes | str]) -> Looked:
        """All of it. What cannot be read is a fault."""
        for number, text in enumerate(lines, 1):
            try:
                self._take(json.loads(text), number)
            except _MALFORMED as wrong:
                self.found.fault(f"line {number} cannot be read ({wrong})")
        if not self.found.complete:
            self.found.fault("the file has no end: a part of it is missing")
        return self.found

    def _take(self, line: Line, number: int) -> None:
        if (number == 1) != (line["kind"] == "begin"):
            raise ValueError("the first line, and only that, begins the file")
        match line["kind"]:
            case "begin":
                self._begin(line)
            case "row":
                self._row(line)
            case "link":
                self._link(line)
            case "head":
                self._head(SignedHead.of(line))
            case "end":
                self._end(line)
            case unknown:
                raise ValueError(f"what is {unknown!r}?")

    def _begin(self, line: Line) -> None:
        if line["format"] != FORMAT:
            raise ValueError(f"not of the format {FORMAT}")
        found = self.found
        found.first, self._wanted_last = int(line["first"]), int(line["last"])
        found.last, found.reached = found.first - 1, bytes.fromhex(line["previous"])
        if found.first == 1 and found.reached != GENESIS:
            found.fault("the first link is linked with something before it")

    def _row(self, line: Line) -> None:
        content = bytes.fromhex(line["content_sha256"])
        if "content" in line:
            self.found.told += 1
            if content_sha256(bytes.fromhex(line["salt"]), line["content"]) != content:
                self.found.fault(f"link {line['link']}: a row's content is not as it was written")
        if line["link"] != self.found.last + 1:
            self.found.fault(f"link {line['link']}: a row stands outside of its link")
        if line["table"] == REMOVAL:
            self.found.recorded += int(line["header"][REMOVAL_ROWS])
        self._waiting.append(commitment(line["table"], line["header"], content))
        self.found.rows += 1

    def _link(self, line: Line) -> None:
        found, number, rows = self.found, int(line["number"]), int(line["rows"])
        of_rows, linked = bytes.fromhex(line["digest"]), bytes.fromhex(line["link"])
        if number != found.last + 1:
            found.fault(f"links {found.last + 1} to {number - 1} are missing")
        gone = Gone.of(line.get("removed", 0), line.get("removed_commitments"))
        for fault in under_link(number, rows, of_rows, self._waiting, gone):
            found.fault(fault)
        found.removed += gone.rows
        if link(found.reached, number, rows, of_rows) != linked:
            found.fault(f"link {number} does not follow from the one before")
        found.last, found.reached, self._waiting = number, linked, []

    def _head(self, head: SignedHead) -> None:
        found = self.found
        found.heads += 1
        found.keys.add(head.key)
        faults = head_faults(head, found.reached if head.number == found.last else None, self._trusted)
        for fault in faults:
            found.fault(fault)
        if not faults:
            found.proven = head.number

    def _end(self, line: Line) -> None:
        found = self.found
        if self._waiting or found.last != self._wanted_last or int(line["rows"]) != found.rows:
            found.fault("the file ends elsewhere than it says: a part of it is missing")
        found.complete = True
