"""What an application answers to Prometheus, read as strictly as the format is."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import httpx
from starlette.applications import Starlette

LABELS = r'\{[a-z]+="(?:[^"\\\n]|\\.)*"(,[a-z]+="(?:[^"\\\n]|\\.)*")*\}'
SAMPLE = re.compile(rf"(?P<name>[a-z_]+)({LABELS})? (?P<value>-?\d+(\.\d+)?(e-?\d+)?|NaN|[+-]Inf)")


def scrape(app: Starlette, host: str = "127.0.0.1", authorization: str = "") -> httpx.Response:
    """The answer to somebody who asks from `host`."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=(host, 1), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get("/metrics", headers={"authorization": authorization} if authorization else {})

    # In a thread of its own: a browser's test may have left a loop in this one.
    with ThreadPoolExecutor(1) as other:
        return other.submit(lambda: asyncio.run(ask())).result()


def read(text: str) -> dict[str, float]:
    """Samples by name and labels; every line has to be one, or the HELP and TYPE that go before."""
    samples: dict[str, float] = {}
    told: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            told.append(line.split()[2])
            continue
        found = SAMPLE.fullmatch(line)
        assert found, line
        assert told[-2:] == [found["name"]] * 2, f"HELP and TYPE before {line}"
        samples[line.rpartition(" ")[0]] = float(found["value"])
    assert len(set(told)) * 2 == len(told), "one metric's samples stand together"
    return samples
