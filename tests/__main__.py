"""All tests: `python -m tests [what pytest takes]`. Those that may share the machine run beside each other, then the others.

A few that failed are tried once more, one after the other on a quiet machine: a busy one may be too slow for what a test waits
for. What fails again has failed; what passes then is told at the end, for a test that needs it now and then wants mending.
The last line sums everything up, in pytest's own words.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Final

BESIDE: Final = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "-m", "not alone")
ALONE: Final = ("-m", "alone")
ONCE_MORE: Final = ("--last-failed", "--last-failed-no-failures", "none")
FEW: Final = 12
"""More failures than so are no matter of a busy machine: they are not tried again."""
FAILED: Final = 1
"""pytest's exit status where tests failed."""
NOTHING: Final = 5
"""pytest's exit status where nothing was selected."""
_COUNT: Final = re.compile(r"(\d+) (passed|failed|skipped|error|xfailed|xpassed|warning|deselected)s?\b")
_LAST: Final = re.compile(r"^(=+ )?(no tests ran|\d+ \w+.*) in [\d.]+s.*$")


def main(words: Sequence[str]) -> int:
    """Returns pytest's exit status: the first that is not 0; 5 where neither part had a test."""
    began_s, counts, codes, mended = time.monotonic(), Counter[str](), [], 0
    for part in (BESIDE, ALONE):
        code, found = _run([*part, *words])
        if code == FAILED and (several := failures(found)) <= FEW:
            print(f"= {several} failed: each once more, on a quiet machine =".center(100, "="), flush=True)
            code, again = _run([*ONCE_MORE, *part[-2:], *words])
            found = after_both(found, again)
            mended += several - failures(again)
        codes.append(code)
        counts += found
    if mended:
        print(f"= {mended} passed only at the second time, on a quiet machine: see above which =".center(100, "="))
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if what != "deselected")
    print(f"= all tests: {told or 'none ran'} in {time.monotonic() - began_s:.2f}s =".center(100, "="))
    failed = [code for code in codes if code not in (0, NOTHING)]
    return failed[0] if failed else min(codes)


def failures(counts: Counter[str]) -> int:
    """How many tests failed, or could not begin or end."""
    return counts["failed"] + counts["error"]


def after_both(first: Counter[str], again: Counter[str]) -> Counter[str]:
    """What holds after the failures of a first run were tried again."""
    kept = Counter({what: count for what, count in first.items() if what not in ("failed", "error")})
    return kept + Counter({what: again[what] for what in ("passed", "failed", "error")})


def _run(words: Sequence[str]) -> tuple[int, Counter[str]]:
    """One pytest, shown as it runs; its exit status and what its last line counts."""
    counts: Counter[str] = Counter()
    with subprocess.Popen([sys.executable, "-m", "pytest", *words], stdout=subprocess.PIPE, text=True, bufsize=1) as running:
        assert running.stdout is not None
        for line in iter(running.stdout.readline, ""):
            sys.stdout.write(line)
            sys.stdout.flush()
            counts = counted(line) or counts
    return running.returncode, counts


def counted(line: str) -> Counter[str]:
    """What pytest's last line counts; nothing of any other line."""
    found = _COUNT.findall(line) if _LAST.match(line) else []
    return Counter({what: int(count) for count, what in found})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
