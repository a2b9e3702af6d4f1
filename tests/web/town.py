"""Two clouds to look at every screen in: one where nothing has happened yet, and one on a busy Monday morning."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cloud.escalation.post import Poster
from cloud.escalation.road import Road
from cloud.escalation.webhook import WebhookRoad
from cloud.heads.signer import HeadSigner
from cloud.heads.worker import Heads
from cloud.ledger.contacts import Channel, Contact
from cloud.projector import Projector
from cloud.store.accounts import note
from cloud.store.contacts import save_contact
from cloud.store.erasing import erase_person
from cloud.store.feed import Feed
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.sites import place_gate
from cloud.store.webhooks import Webhook, keep_webhook
from contract.messages.alert import AlertData, AlertKind
from contract.messages.visit import ReadingData, VisitData
from contract.topics import Kind
from contract.verdicts import Mask, Reason, Region, Verdict
from tests.cloud import messages
from tests.cloud.https_server import HERE
from tests.cloud.people import program, sign_in, somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.cloud.test_appointments import HALL, PLAN
from tests.cloud.test_daily_report import at, reporter, until
from tests.web.mondays import a_busy_monday, moment
from tests.web.scripted_cloud import DIST
from tests.web.town_facilities import facilities

PLACES = {"gate-1": "city/hall-3/east", "gate-2": "city/hall-3/west", "gate-3": "city/yard"}
NAMES = re.compile(
    r"\b(menshen-cloud verify --file|mei|admin|zhao(-yun)?|wang\.wei|inspector-of-the-health-commission|chen|root|menshen"
    r"|hall-desk|night-phone|night|bridge|reports|city(/\w+)?|yard|east|west|south-hall|South hall|hall|reception|leaders"
    r"|air|bed|lamp|bin|soap"
    r"|Asia/Shanghai|(fire|calibration|(colour|thermal)_camera) [0-9]{3}|the technician is here|[0-9A-Z]{4} ?[0-9A-Z]{4})\b"
    r"|(?<!\S)(?=\S*[0-9+/])[0-9A-Za-z+/]{16}(?!\S)"  # the beginning of a key
)
"""What people of this town, and this town's own data, are called: no words of the screen."""
WARM = ReadingData(
    raw_c=34.9,
    corrected_c=35.6,
    core_c=37.6,
    uncertainty_c=0.24,
    region=Region.FOREHEAD,
    distance_m=0.6,
    samples=14,
    reference_seen=True,
)
MORNING: tuple[tuple[Verdict, Mask, tuple[Reason, ...]], ...] = (
    (Verdict.PASS, Mask.WORN, ()),
    (Verdict.PUT_ON_MASK, Mask.ABSENT, ()),
    (Verdict.FIX_MASK, Mask.WORN_WRONG, ()),
    (Verdict.CANNOT_MEASURE, Mask.WORN, (Reason.COLD_SKIN,)),
    (Verdict.NOT_ADMITTED, Mask.WORN, ()),
    (Verdict.PASS, Mask.WORN, ()),
)


@contextmanager
def town(folder: Path, filled: Callable[[Served], None], *, webhooks: bool = False) -> Iterator[Served]:
    """A cloud of its own in the folder, with what `filled` does there. `webhooks`: it sends them, on this machine."""
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    roads: dict[Channel, Road] = {}
    if webhooks:
        roads[Channel.WEBHOOK] = WebhookRoad(rig.database, Poster(HERE), lambda: rig.now_ms)
    with serve(rig, series, DIST, roads=roads) as running:
        filled(running)
        while Projector(rig.database, series, lambda: rig.now_ms).round():
            pass
        yield running
    series.close()
    rig.database.close()


def nothing_yet(served: Served) -> None:
    """Monday, before the first gate."""
    served.rig.now_ms = round(moment("07:00").timestamp() * 1000)


def busy_morning(served: Served) -> None:
    """Two reported days, a Monday's roster, gates well and ill, people waiting, everything of the administration in use."""
    _two_days(served.rig)
    a_busy_monday(served)
    _administration(served)
    _queue(served)
    facilities(served)
    Heads(served.rig.database, HeadSigner(Ed25519PrivateKey.generate()), lambda: served.rig.now_ms).round()


def _two_days(rig: Rig) -> None:
    making = reporter(rig)
    until(rig, 18)
    making.round()
    until(rig, 12, days=1)
    rig.arrive(messages.visit(901, "a", at=at(rig)), messages.visit(902, "b", 0, Verdict.RECHECK, gate="gate-2", at=at(rig)))
    rig.arrive(messages.alert(903, "recheck", subject="b", gate="gate-2", at=at(rig)), messages.alert(904, "fire", at=at(rig)))
    rig.arrive(messages.alert(905, "fire", state="returned", at=at(rig)))
    rig.now_ms += 600_000
    rig.arrive(messages.visit(906, "c", at=messages.START + timedelta(minutes=30)))
    until(rig, 18, 20, days=1)
    making.round()


def _administration(served: Served) -> None:
    rig = served.rig
    for gate, site in PLACES.items():
        rig.arrive(messages.visit(800, f"{gate}-first", gate=gate, at=at(rig) - timedelta(hours=2)))
        with rig.database.writing() as connection, Feed(connection) as feed:
            place_gate(connection, feed, gate, site)
    url, why = "https://bridge.site.example/menshen", "the other side answered 503"
    with rig.database.writing() as connection:
        save_contact(connection, Contact("hall-desk", {Channel.MAIL: "desk@site.example"}, site="city/hall-3", liaison=True))
        save_contact(connection, Contact("night-phone", {Channel.PUSH: "mei"}, site="city", step=2))
        ends = Webhook("bridge", "city", url, "s", "alarms", "root", 0, 0, 20, rig.now_ms, why, rig.now_ms, why)
        keep_webhook(connection, ends)
        works = Webhook("reports", "", url, "s", "reports", "root", 0, rig.now_ms, 0, rig.now_ms, "200")
        keep_webhook(connection, works)
    for role, site, user in (
        ("guard", "city/hall-3/east", "mei"),
        ("guard", "city/hall-3/west", "wang.wei"),
        ("supervisor", "city/hall-3", "zhao-yun"),
        ("inspector", "city", "inspector-of-the-health-commission"),
    ):
        sign_in(served, role, site, user)
    program(served, "inspector")
    with somebody(served, "administrator", user="admin") as admin:
        asks = (
            ("PUT", HALL, {**PLAN, "board": True}),
            ("POST", "/api/badges", {"holder": "s-40", "reception": "south-hall"}),
            ("POST", "/api/badges", {"holder": "s-41", "reception": "south-hall"}),
            ("DELETE", "/api/badges/s-41", None),
            ("POST", f"{HALL}/appointments", {"begins": moment("14:30").isoformat(), "people": 2}),
        )
        for method, path, body in asks:
            answer = admin.request(method, path, json=body)
            assert answer.status_code < 300, (path, answer.text)


def _recheck(seq: int, subject: str) -> bytes:
    said = AlertData(kind=AlertKind.RECHECK, state="raised", subject=subject, reading=WARM, raised=moment("10:45"))
    return messages.event(Kind.ALERT, said, seq, at=moment("10:45"))


def _health(gate: str, thermal: str) -> bytes:
    said = json.loads(messages.health(847, gate=gate))
    said["data"] |= {"parts": {"colour": "up", "thermal": thermal, "gate": "up"}, "loop_p99_ms": 11.8}
    said["data"] |= {"occupancy": {"people": 38, "limit": 40, "clipped": 2}, "queue": {"people": 3, "longest_s": 41.5}}
    return json.dumps(said).encode()


def _queue(served: Served) -> None:
    rig = served.rig
    gone = "badge-gone"
    rig.arrive(messages.visit(810, "v-gone", verdict=Verdict.RECHECK, seen={"badge": gone}, at=at(rig) - timedelta(hours=1)))
    with rig.database.writing() as connection, Feed(connection) as feed:
        erase_person(connection, feed, rig.now_ms, badge=gone)
        note(connection, "chen", "erase a person", "1 visits", rig.now_ms)
    for number, (verdict, mask, reasons) in enumerate(MORNING):
        decided = at(rig) - timedelta(seconds=50 * number)
        said = VisitData(
            visit=f"m{number}",
            revision=0,
            verdict=verdict,
            mask=mask,
            reasons=reasons,
            first_seen=decided,
            decided=decided,
            frames=9,
        )
        rig.arrive(messages.event(Kind.VISIT, said, 820 + number, at=decided))
    rig.arrive(
        messages.visit(838, "taken", verdict=Verdict.RECHECK, at=at(rig)),
        messages.alert(839, "recheck", subject="taken", at=at(rig)),
    )
    rig.arrive(messages.visit(840, "warm", verdict=Verdict.RECHECK, seen={"reading": WARM}, at=at(rig)), _recheck(841, "warm"))
    rig.arrive(messages.visit(842, "stuck", gate="gate-2", verdict=Verdict.CANNOT_MEASURE, at=at(rig)))
    rig.arrive(messages.alert(843, "guard_needed", subject="stuck", gate="gate-2", at=at(rig)))
    rig.arrive(
        messages.alert(844, "thermal_camera", gate="gate-2", at=at(rig)),
        messages.alert(845, "calibration", gate="gate-3", at=at(rig)),
    )
    rig.arrive(messages.visit(848, "washed", gate="gate-3", seen={"hands": "none"}, at=at(rig) - timedelta(minutes=9)))
    rig.arrive(messages.sensor(846, [640.0, 655.0], at=at(rig)), _health("gate-1", "up"), _health("gate-2", "fault"))
    queue = rig.look().queue
    yesterday = [one.id for one in queue if one.raised_at < moment("00:00")]
    case = next(one.id for one in queue if one.type == "case" and one.gate == "gate-1" and one.reading is None)
    alarm = next(one.id for one in queue if one.gate == "gate-3")
    with somebody(served, "guard", user="night") as night:
        for one in yesterday:
            night.post(f"/api/queue/{one}/acknowledge").raise_for_status()
    with somebody(served, "administrator", user="admin") as admin:
        admin.post(f"/api/queue/{case}/acknowledge").raise_for_status()
        admin.post(f"/api/alarms/{alarm}/shelve", json={"reason": "the technician is here", "minutes": 15}).raise_for_status()
