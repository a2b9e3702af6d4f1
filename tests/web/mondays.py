"""A Monday of the staff, a quarter to eleven: two on the morning's shift, one measured and one not; a leader who went out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import httpx

from contract.messages.visit import ReadingData
from contract.verdicts import Duty, Region
from tests.cloud import messages
from tests.cloud.people import sign_in
from tests.cloud.server import Served

MONDAY = date(2026, 11, 23)


def moment(clock: str, days: int = 0) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=days), time.fromisoformat(clock), UTC)


def a_busy_monday(served: Served) -> None:
    rig = served.rig
    rig.now_ms = round(moment("10:15").timestamp() * 1000)
    with httpx.Client(base_url=served.url, headers=sign_in(served, "supervisor", user="zhao"), timeout=10) as boss:

        def ask(path: str, body: dict[str, object]) -> str:
            answer = boss.post(f"/api/staff{path}", json=body)
            assert answer.status_code < 300, answer.text
            return str(answer.json()["id"]) if path == "" else ""

        people = {
            name: ask("", {"name": name, "number": f"02{number}", "team": team, "badge": f"s-{number}"})
            for number, (name, team) in enumerate(
                (("林静", "hall"), ("王伟", "hall"), ("陈立", "reception"), ("赵云", "leaders"))
            )
        }
        ask(f"/{people['林静']}/training", {"day": "2026-11-20", "by": "区疾控中心"})
        ask(f"/{people['陈立']}/declarations", {"what": "area_contact", "until": "2026-12-06", "detail": "姐姐从疫区返回"})
        for shift in ("morning", "afternoon"):
            persons = [people["林静"], people["王伟"]] if shift == "morning" else [people["林静"]]
            boss.put(f"/api/staff/roster/{MONDAY}/{shift}/screening", json={"persons": persons}).raise_for_status()
        span = {"begins": "2026-11-23T08:00:00Z", "ends": "2026-11-24T08:00:00Z"}
        ask("/rota", {"person": people["赵云"], **span, "leads": True})
        ask("/rota", {"person": people["王伟"], **span})
        for number, clock in ((0, "08:20"), (3, "07:50")):
            read = ReadingData(
                raw_c=34.0,
                corrected_c=34.6,
                core_c=36.4,
                uncertainty_c=0.2,
                region=Region.FOREHEAD,
                samples=9,
                reference_seen=True,
            )
            seen = {"badge": f"s-{number}", "duty": Duty.ON, "reading": read}
            rig.arrive(messages.visit(number + 1, f"v{number}", at=moment(clock), seen=seen))
        ask(f"/{people['赵云']}/entries", {"entry": {"kind": "out"}})
    rig.now_ms = round(moment("10:45").timestamp() * 1000)
