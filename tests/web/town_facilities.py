"""What the town disinfects, keeps and measures on its busy Monday: of everything something that is well, ill and not known."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind
from tests.cloud import messages
from tests.cloud.people import somebody
from tests.cloud.server import Served
from tests.cloud.test_canteen_slots import DAYS
from tests.cloud.test_daily_report import at
from tests.cloud.test_uvc_runs import DARK, GOOD

SEQS = count(60_000)
LUNCH = {"site": "city/yard", "gate": "gate-3", "days": DAYS}
CALIBRATED = {"air-1": date(2026, 11, 20), "bin-1": date(2026, 12, 15)}
"""One is over on that Monday, one ends within a month."""
AIR: tuple[tuple[str, float | None, str, float | None], ...] = (
    ("co2_ppm", 1120.0, "ppm", 1000.0),
    ("air_c", 21.5, "°C", 28.0),
    ("humidity_pct", None, "%", None),
)


def facilities(served: Served) -> None:
    with somebody(served, "administrator", user="admin") as admin:
        for path, body in (
            ("/assets", {"kind": "door_handle", "name": "东门门把手", "site": "city/hall-3"}),
            ("/assets", {"kind": "lift", "name": "二号电梯", "site": "city/hall-3", "interval_min": 60}),
            ("/levels", {"kind": "mask_bin", "name": "北门回收桶", "sensor": "gate-1/bin-1/level_pct", "site": "city/hall-3"}),
            ("/levels", {"kind": "hand_wash", "name": "一层洗手液", "sensor": "gate-1/soap-1/level_pct", "site": "city/hall-3"}),
            ("/canteen/slots", {**LUNCH, "name": "早班", "begins": "18:30", "ends": "19:00", "places": 1, "teams": ["hall"]}),
            (
                "/canteen/slots",
                {**LUNCH, "name": "晚班", "begins": "19:00", "ends": "19:30", "places": 40, "teams": ["reception"]},
            ),
            ("/canteen/slots", {**LUNCH, "name": "夜班", "begins": "22:00", "ends": "23:00", "places": 40, "teams": []}),
        ):
            admin.post(f"/api/facilities{path}", json=body).raise_for_status()
        done = {"asset": "asset-1", "agent": "bleach_84", "parts": 100, "contact_min": 30, "key": "of-the-town-on-monday-1"}
        admin.post("/api/facilities/rounds", json=done).raise_for_status()
        admin.post("/api/supplies", json={"kind": "gloves", "name": "手套", "unit": "副", "minimum": 500}).raise_for_status()
    _says(served, "air-1", "东大厅", {name: (value, unit, most) for name, value, unit, most in AIR})
    _says(served, "bin-1", "北门", {"level_pct": (93.0, "%", None)})
    for minutes, run in ((90, GOOD), (30, DARK)):
        _says(served, "bed", "三号病房", {name: (value, "", None) for name, value in run.items()}, minutes)
    _says(
        served, "lamp", "三号病房", {"lamp_h": (612.5, "h", None), "lamp_starts": (90.0, "", None), "lamp_pct": (None, "%", None)}
    )


def _says(
    served: Served, sensor: str, place: str, said: dict[str, tuple[float | None, str, float | None]], ago_min: float = 1
) -> None:
    taken = at(served.rig) - timedelta(minutes=ago_min)
    readings = tuple(
        SensorReading(
            sensor=sensor,
            quantity=quantity,
            value=value,
            unit=unit,
            taken=taken,
            place=place,
            most=most,
            fresh_s=3600.0,
            trouble="silent" if value is None else None,
            calibration_due=CALIBRATED.get(sensor),
        )
        for quantity, (value, unit, most) in said.items()
    )
    served.rig.arrive(messages.event(Kind.SENSOR, SensorData(readings=readings), next(SEQS), at=taken))
