"""Photographs as evidence of a round: what is kept of them, whose eyes they are for, and when they go."""

from __future__ import annotations

import base64
import secrets
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from cloud.periods import RetentionSettings
from cloud.photograph import LONGEST_PX, MOST_PIXELS, PhotographError, kept
from cloud.retention.worker import Retention
from cloud.store.verifying import verify
from tests.cloud.people import somebody
from tests.cloud.server import Served
from tests.cloud.test_facilities_api import adds, boss, later, light, makes, ok, tag_of, worker

__all__ = ["boss", "worker"]
DAY_MINUTES = 24 * 60
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def photograph(width: int = 60, height: int = 40, colour: str = "teal", **saved: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG", **saved)
    return out.getvalue()


def text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def test_what_the_telephone_wrote_into_it_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "maker-of-telephones"
    exif.get_ifd(GPS)[2] = (22.5, 33.0, 11.0)
    raw = photograph(exif=exif, comment=b"somebody wrote this")
    assert b"maker-of-telephones" in raw
    clean = kept(raw)
    assert b"maker-of-telephones" not in clean
    assert b"somebody wrote this" not in clean
    with Image.open(BytesIO(clean)) as shown:
        assert shown.size == (40, 60)
        assert not shown.getexif()


def test_a_large_one_is_made_small_and_an_enormous_one_is_refused_unread() -> None:
    with Image.open(BytesIO(kept(photograph(3000, 1000)))) as shown:
        assert max(shown.size) == LONGEST_PX
    for side_px in (6_000, 50_000):
        claims = bytearray(photograph(64, 64))
        at = claims.index(b"\xff\xc0") + 5
        claims[at : at + 4] = side_px.to_bytes(2, "big") * 2
        assert side_px * side_px > MOST_PIXELS
        with pytest.raises(PhotographError, match="too many"):
            kept(bytes(claims))


@pytest.mark.parametrize("raw", [b"", b"\xff\xd8\xff", b"GIF89a", photograph()[:200], b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_what_is_no_whole_photograph_is_refused(raw: bytes) -> None:
    with pytest.raises(PhotographError):
        kept(raw)


def test_a_photograph_is_evidence_once_and_is_shown_to_who_may_see_the_round(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    """F1, R7: a round with a photograph is shown as such; an old photograph proves nothing."""
    handle, other = adds(boss), adds(boss, name="东门")
    made = makes(worker, handle, photo=text(photograph()))
    assert (made["trust"], made["doubt"], made["photo"]) == ("photographed", None, True)
    assert light(worker, handle) == "fine"
    again = makes(worker, other, photo=text(photograph()))
    assert (again["trust"], again["doubt"]) == ("unverified", "photo_again")
    assert light(worker, other) == "unverified"
    shown = worker.get(f"/api/facilities/rounds/{made['id']}/photo")
    assert (shown.headers["content-type"], shown.headers["cache-control"]) == ("image/jpeg", "no-store")
    with Image.open(BytesIO(shown.content)) as picture:
        assert picture.size == (60, 40)
    for role, user, status in (("inspector", "qian", 200), ("facilities", "sun", 404)):
        site = "elsewhere" if status == 404 else ""
        with somebody(served, role, user=user, site=site) as client:
            assert client.get(f"/api/facilities/rounds/{made['id']}/photo").status_code == status


def test_beside_a_tag_it_is_kept_and_the_tag_is_the_evidence(boss: httpx.Client, worker: httpx.Client) -> None:
    handle = adds(boss)
    made = makes(worker, handle, tag=tag_of(boss, handle), photo=text(photograph(colour="olive")))
    assert (made["trust"], made["photo"]) == ("scanned", True)
    assert worker.get(f"/api/facilities/rounds/{made['id']}/photo").status_code == 200
    bare = makes(worker, handle)
    assert not bare["photo"]
    assert worker.get(f"/api/facilities/rounds/{bare['id']}/photo").status_code == 404


@pytest.mark.parametrize("photo", ["not base64!", text(b"GIF89a")])
def test_what_cannot_be_kept_is_refused_and_no_round_is_made(boss: httpx.Client, worker: httpx.Client, photo: str) -> None:
    handle = adds(boss)
    body = {"key": secrets.token_hex(12), "asset": handle, "agent": "bleach_84", "parts": 100, "contact_min": 30}
    refused = worker.post("/api/facilities/rounds", json={**body, "photo": photo})
    assert (refused.status_code, refused.json()["code"]) == (422, "no_photograph")
    assert ok(boss.get(f"/api/facilities/assets/{handle}"))["rounds"] == []
    assert ok(worker.post("/api/facilities/rounds", json=body))["trust"] == "unverified", "the key was not used up"


def test_a_request_of_a_round_may_be_larger_than_others_and_not_without_end(boss: httpx.Client, worker: httpx.Client) -> None:
    handle = adds(boss)
    large = photograph(1200, 900) + bytes(150_000)  # what follows the picture is not kept
    assert makes(worker, handle, photo=text(large))["photo"]
    assert worker.post("/api/facilities/rounds", content=b"{" + b" " * 600_000 + b"}").status_code == 413
    assert boss.post("/api/facilities/assets", content=b"{" + b" " * 100_000 + b"}").status_code == 413


def test_a_photograph_goes_when_its_time_is_over_and_its_hash_stays_proven(
    served: Served, boss: httpx.Client, worker: httpx.Client, tmp_path: Path
) -> None:
    handle = adds(boss, interval_min=15)
    made = makes(worker, handle, photo=text(photograph(colour="navy")))
    jpeg = worker.get(f"/api/facilities/rounds/{made['id']}/photo").content
    retention = Retention(served.rig.database, RetentionSettings(photos_days=2), lambda: served.rig.now_ms)
    later(served, 2 * DAY_MINUTES - 1)
    assert "photographs of rounds" not in retention.round()
    later(served, 2)
    assert retention.round()["photographs of rounds"] == 1
    with somebody(served, "facilities", user="li") as fresh:
        assert fresh.get(f"/api/facilities/rounds/{made['id']}/photo").status_code == 404
        (shown,) = ok(fresh.get(f"/api/facilities/assets/{handle}"))["rounds"]
    assert (shown["trust"], shown["photo"]) == ("photographed", True)
    with served.rig.database.reading() as connection:
        assert verify(connection).faults == []
        body = str(connection.exec_driver_sql("SELECT body FROM facility_entry").scalar_one())
    assert sha256(jpeg).hexdigest() in body
