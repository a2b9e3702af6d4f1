"""Halls whose sensors have spoken for a day: what a board of facilities is looked at with."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

from cloud.ledger.facility.supplies import MovementKind
from cloud.projector import Projector
from cloud.store.feed import Feed
from cloud.store.sites import place_gate
from contract.messages.alert import AlertData, AlertKind
from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind
from tests.cloud import messages
from tests.cloud.messages import START
from tests.cloud.people import somebody
from tests.cloud.server import Served
from tests.web.test_supplies import line

DAY_S = 86_400
SEQS = count(20_000)
UNITS = {"co2_ppm": "ppm", "air_c": "°C", "humidity_pct": "%", "ozone_ppm": "ppm", "chlorine_mg_m3": "mg/m³", "contact": ""}
LIMITS: dict[str, dict[str, float]] = {
    "co2_ppm": {"most": 1000.0},
    "air_c": {"least": 16.0, "most": 28.0},
    "humidity_pct": {"least": 30.0, "most": 80.0},
    "ozone_ppm": {"most": 0.1},
    "chlorine_mg_m3": {"most": 1.45},
    "air_changes": {"least": 5.0},
}
CALIBRATED_DAYS = {"chlorine_mg_m3": -3, "ozone_ppm": 20}
"""Of these it is over since three days, or ends within the month."""
HALLS: dict[str, tuple[str, str, dict[str, float | None]]] = {
    "gate-1": ("city/hall-3/east", "东大厅", {"co2_ppm": 1120.0, "air_c": 22.4, "humidity_pct": 47.0, "contact": 0.0}),
    "gate-2": ("city/hall-3/west", "西大厅", {"co2_ppm": 640.0, "air_c": 21.8, "humidity_pct": 51.0, "contact": 1.0}),
    "gate-3": ("city/canteen", "食堂", {"co2_ppm": 780.0, "air_c": 24.1, "humidity_pct": None, "air_changes": 6.2}),
    "gate-4": ("city/yard", "消毒间", {"ozone_ppm": 0.02, "chlorine_mg_m3": 0.3, "uvc_uw_cm2": 0.0, "lamp_h": 412.0}),
    "gate-5": ("city/yard", "", {"co2_ppm": None}),
}


def reading(gate: str, quantity: str, value: float | None, after_s: float) -> SensorReading:
    place = HALLS[gate][1]
    unit = {"air_changes": "/h", "uvc_uw_cm2": "µW/cm²", "lamp_h": "h"}.get(quantity, UNITS.get(quantity, ""))
    about = {"sensor": f"{quantity.partition('_')[0]}-1", "quantity": quantity, "unit": unit, "place": place, "fresh_s": 900.0}
    said = {"value": value, "trouble": "silent" if value is None else None, "taken": START + timedelta(seconds=after_s)}
    days = CALIBRATED_DAYS.get(quantity)
    due = None if days is None else START.date() + timedelta(days=days)
    return SensorReading.model_validate({**about, **said, **LIMITS.get(quantity, {}), "calibration_due": due})


def day_of(gate: str) -> Iterator[bytes]:
    """Every five minutes of a day until now; between two and four at night nothing is heard."""
    for at_s in range(-DAY_S, 1, 300):
        if -8 * 3600 < at_s < -6 * 3600:
            continue
        said = []
        for quantity, last in HALLS[gate][2].items():
            wave = 1 - 0.35 * (1 + math.cos(at_s / DAY_S * 4 * math.pi + math.pi)) / 2 if at_s else 1.0
            value = None if last is None else last * wave if quantity in ("co2_ppm", "air_c") and at_s else last
            said.append(reading(gate, quantity, value, at_s))
        yield messages.event(
            Kind.SENSOR, SensorData(readings=tuple(said)), next(SEQS), gate=gate, at=START + timedelta(seconds=at_s)
        )


def halls(served: Served) -> None:
    """Five places: one with too much CO2 and shut windows, one fine, one half known, one for disinfecting, one silent."""
    rig = served.rig
    for gate, (site, _, _) in HALLS.items():
        rig.arrive(*day_of(gate))
        with rig.database.writing() as connection, Feed(connection) as feed:
            place_gate(connection, feed, gate, site)
    raised = START - timedelta(minutes=12)
    words = "东大厅 1120 ppm (windows shut: open them); the limit is 1000 ppm"
    bad = AlertData(kind=AlertKind.CO2, state="raised", detail=words, raised=raised)
    rig.arrive(messages.event(Kind.ALERT, bad, next(SEQS), gate="gate-1", at=raised))
    with somebody(served, "administrator", user="admin") as boss:
        for kind, name in (("door_handle", "东门门把手"), ("lift", "2号电梯"), ("toilet", "一层洗手间"), ("floor", "大厅地面")):
            boss.post("/api/facilities/assets", json={"kind": kind, "name": name, "site": "city/hall-3"}).raise_for_status()
        person = boss.post("/api/staff", json={"name": "陈静", "number": "c-7", "team": "hall", "site": "city/hall-3"}).json()[
            "id"
        ]
        boss.patch("/api/facilities/assets/asset-2", json={"person": person}).raise_for_status()
        done = {"asset": "asset-1", "agent": "bleach_84", "parts": 100, "contact_min": 30, "key": "0123456789abcdef"}
        boss.post("/api/facilities/rounds", json={**done, "done_at": _at(rig.now_ms)}).raise_for_status()
        supply = {"kind": "mask_disposable", "name": "一次性口罩", "unit": "个", "minimum": 500, "site": "city/hall-3"}
        boss.post("/api/supplies", json=supply).raise_for_status()
        with rig.database.writing() as connection:
            line(connection, 1, 0.1, MovementKind.COUNTED, 120)
        level = {"kind": "mask_bin", "name": "北门回收桶", "sensor": "gate-1/bin-1/level_pct", "site": "city/hall-3"}
        boss.post("/api/facilities/levels", json=level).raise_for_status()


def _at(now_ms: int) -> str:
    return (START + timedelta(milliseconds=now_ms - messages.START_MS)).isoformat()


def project(served: Served, projector: Projector) -> None:
    while projector.round():
        pass


def crowded(served: Served, gates: int = 20, sensors: int = 200) -> None:
    """So many gates with so many sensors each, of ten to a place."""
    for gate in range(gates):
        name = f"g{gate:02}"
        for begin in range(0, sensors, 100):
            said = tuple(
                SensorReading(
                    sensor=f"s{number:03}",
                    quantity=("co2_ppm", "air_c", "humidity_pct", "ozone_ppm")[number % 4],
                    value=None if number % 50 == 7 else 20.0 + number % 4,
                    unit=("ppm", "°C", "%", "ppm")[number % 4],
                    taken=START,
                    place=f"{gate}-{number // 10}",
                    most=100.0,
                    fresh_s=900.0,
                )
                for number in range(begin, begin + 100)
            )
            served.rig.arrive(messages.event(Kind.SENSOR, SensorData(readings=said), next(SEQS), gate=name))
        with served.rig.database.writing() as connection, Feed(connection) as feed:
            place_gate(connection, feed, name, f"city/hall-{gate % 5}")
