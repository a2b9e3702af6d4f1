"""Grafana's dashboards without a Grafana: every question compiles and finds stored points, and unknown is never green.

The points are those that the cloud itself makes of messages of every kind, quantity and alarm. The filter of each question is
evaluated here term by term, and by a real influxd 1.x as InfluxQL; InfluxDB 2, which would run the whole question, was never
before us.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cloud.ledger.points import points_of
from contract.examples import example
from contract.messages.alert import AlertData, AlertKind
from contract.messages.sensor import SensorData, SensorReading
from contract.series import TAGS, Measurement, Point
from contract.topics import Kind
from edge.config.quantities import QUANTITIES
from tests.cloud import flux_compiler
from tests.cloud.flux_compiler import FluxCompiler
from tests.cloud.influxd import ABSENT, Influxd, adapted, influxd
from tests.cloud.real_influx import real_influx

GRAFANA = Path(__file__).resolve().parents[2] / "docker" / "grafana"
DASHBOARDS = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(GRAFANA.glob("dashboards/*.json"))}
PANELS = [pytest.param(panel, id=f"{name}: {panel['title']}") for name, one in DASHBOARDS.items() for panel in one["panels"]]
FILLED = {"v.timeRangeStart": "-24h", "v.timeRangeStop": "now()", "v.windowPeriod": "5m", "${gate:regex}": "(g1|g2)"}
OWN_COLUMNS = {"_value", "_time", "_field", "_start", "_stop", "verdict"}
"""Every table of Flux has these; `verdict` is made by a question itself."""
EXPLAIN = {
    "air_changes_off",
    "uvc_covered_pct",
    "uvc_dose_off_mj_cm2",
    "uvc_lit_s",
    "uvc_mean_uw_cm2",
    "uvc_peak_uw_cm2",
    "uvc_reached",
}
"""How sure an air change is, and what stands beside a dose in the list of a lamp's runs."""
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
GREEN = re.compile(r"green|#(73bf69|56a64b|37872d|96d98d|c8f2c2|1a7f37)", re.IGNORECASE)


def asked(panel: dict[str, Any]) -> Iterator[str]:
    for target in panel["targets"]:
        query = target["query"]
        for name, value in FILLED.items():
            query = query.replace(name, value)
        yield query


def stored() -> list[Point]:
    """What the cloud keeps of one gate's messages: every quantity with and without a value, every alarm, a visit, its health."""
    readings = [
        SensorReading(sensor=f"{quantity}.{valid}", quantity=quantity, value=1.0 if valid else None, unit="", taken=NOW)
        for quantity in QUANTITIES
        for valid in (True, False)
    ]
    said: list[tuple[Kind, dict[str, Any]]] = [
        (kind, json.loads(example(kind))["data"]) for kind in (Kind.VISIT, Kind.HEALTH, Kind.SENSOR, Kind.ALERT)
    ]
    said.append((Kind.SENSOR, json.loads(SensorData(readings=tuple(readings)).model_dump_json())))
    alerts = [AlertData(kind=kind, state="raised", raised=NOW) for kind in AlertKind]
    said += [(Kind.ALERT, json.loads(one.model_dump_json())) for one in alerts]
    return [point for kind, data in said for point in points_of(kind, "g1", "g1:1", 1, 0, data)]


POINTS = stored()


def rows() -> Iterator[dict[str, object]]:
    """As Flux has them: a row of each field."""
    for point in POINTS:
        tags = {name: getattr(point, name) for name in TAGS[point.measurement]}
        for field, value in point.fields.items():
            yield {"_measurement": point.measurement.value, "_field": field, "_value": value, **tags}


def holds(term: str, row: dict[str, object]) -> bool:
    """One comparison of a filter."""
    name, sign, wanted = re.fullmatch(r"r\.(\w+) (==|=~) (.+)", term.strip()).groups()  # type: ignore[union-attr]
    if name not in row:
        return False
    if sign == "=~":
        return re.search(wanted.strip("/"), str(row[name])) is not None
    return bool(row[name] == json.loads(wanted))


def groups_of(query: str) -> list[list[str]]:
    """All the filters of a question: each list of terms holds where one of them does, and all lists must."""
    found = list[list[str]]()
    for condition in re.findall(r"filter\(fn: \(r\) => (.+)\)\n", query):
        groups = re.findall(r"\(r\.[^()]*\)|r\.\w+ (?:==|=~) (?:\"[^\"]*\"|/.*?/(?= |$)|\w+)", condition)
        assert " and ".join(groups) == condition, "a form of filter that this test does not know"
        found += [group.strip("()").split(" or ") if " or " in group else [group] for group in groups]
    return found


def found(query: str) -> list[dict[str, object]]:
    """The stored rows that pass every filter of the question."""
    return [row for row in rows() if all(any(holds(one, row) for one in group) for group in groups_of(query))]


def influxql(query: str) -> str:
    """The filter of a question as InfluxQL: field and measurement are what is selected there."""
    (measurement,) = re.findall(r'r\._measurement == "(\w+)"', query)
    fields = re.findall(r'r\._field == "(\w+)"', query)

    def term(one: str) -> str:
        name, sign, wanted = re.fullmatch(r"r\.(\w+) (==|=~) (.+)", one.strip()).groups()  # type: ignore[union-attr]
        name = fields[0] if name == "_value" else name
        return f'"{name}" {"=~" if sign == "=~" else "="} {wanted.replace(chr(34), chr(39))}'

    groups = [group for group in groups_of(query) if not group[0].startswith(("r._measurement", "r._field"))]
    where = " AND ".join(f"({' OR '.join(map(term, group))})" for group in groups)
    chosen = ", ".join(f'"{field}"' for field in fields)
    return f'SELECT {chosen} FROM "{measurement}" WHERE {where}'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Influxd]:
    """A real influxd 1.x with the points in the bucket `gates`, written by the cloud's own store."""
    program = influxd()
    if program is None:
        pytest.skip(ABSENT)
    running, folder = Influxd(tmp_path_factory.mktemp("influxd"), program), tmp_path_factory.mktemp("bucket") / "gates"
    folder.mkdir()
    try:
        with adapted(running) as url, real_influx(running, url, folder) as real:
            real.store.write(POINTS)
            yield running
    finally:
        running.close()


@pytest.mark.parametrize("panel", PANELS)
def test_every_question_finds_what_the_cloud_stores(panel: dict[str, Any]) -> None:
    for query in asked(panel):
        assert found(query), query


@pytest.mark.parametrize("panel", PANELS)
def test_a_real_influxd_finds_the_same_points(panel: dict[str, Any], server: Influxd) -> None:
    for query in asked(panel):
        told = server.ask(influxql(query), "gates")
        points = {(row["gate"], row["kind"], row.get("sensor")) for row in found(query)}
        assert sum(len(one["values"]) for one in told) >= len(points) > 0, influxql(query)
    assert server.ask('SELECT "value" FROM "sensor" WHERE ("kind" = \'co2_pm\')', "gates") == []


@pytest.mark.parametrize("panel", PANELS)
def test_every_word_of_a_question_is_found_and_not_only_one_of_several(panel: dict[str, Any]) -> None:
    for query in asked(panel):
        met = found(query)
        named = re.findall(r'r\.(kind|_field|_measurement) == "([^"]+)"', query)
        named += [("kind", one) for words in re.findall(r"r\.kind =~ /\^\(([^)]*)\)\$/", query) for one in words.split("|")]
        assert named
        for column, word in named:
            assert any(row[column] == word for row in met), (column, word)


def test_a_question_about_what_is_not_stored_would_be_noticed() -> None:
    right = 'filter(fn: (r) => r._measurement == "sensor" and r._field == "value" and r.kind == "co2_ppm")\n'
    assert found(right)
    assert not found(right.replace("co2_ppm", "co2_pm"))
    assert not found(right.replace('"value"', '"reading"'))
    assert not found(right.replace("r.kind", "r.quantity"))


@pytest.mark.parametrize("panel", PANELS)
def test_every_column_is_one_of_the_series(panel: dict[str, Any]) -> None:
    for query in asked(panel):
        (measurement,) = set(re.findall(r'r\._measurement == "(\w+)"', query))
        known = {*TAGS[Measurement(measurement)], *OWN_COLUMNS}
        for columns in re.findall(r"columns: \[([^\]]*)\]", query):
            assert set(json.loads(f"[{columns}]")) <= known


@pytest.mark.parametrize("name", DASHBOARDS)
def test_the_compiler_takes_every_question(name: str, tmp_path: Path) -> None:
    if flux_compiler.absent():
        pytest.skip(flux_compiler.ABSENT)
    of_variables = [one["query"]["query"] for one in DASHBOARDS[name]["templating"]["list"]]
    with FluxCompiler(tmp_path) as compiler:
        for query in [*(query for panel in DASHBOARDS[name]["panels"] for query in asked(panel)), *of_variables]:
            assert compiler.accepts(query), query


def test_the_facilities_dashboard_asks_for_every_quantity_but_those_that_explain_another() -> None:
    queries = [query for panel in DASHBOARDS["facilities.json"]["panels"] for query in asked(panel)]
    drawn = {word for query in queries for word in re.findall(r'r\.kind == "([^"]+)"', query)}
    assert QUANTITIES.keys() - drawn == EXPLAIN
    assert drawn <= QUANTITIES.keys()


@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_has_a_unit_and_nothing_unknown_is_green(panel: dict[str, Any]) -> None:
    defaults = panel["fieldConfig"]["defaults"]
    assert defaults["unit"]
    if thresholds := defaults.get("thresholds"):
        base, *later = thresholds["steps"]
        assert base["value"] is None
        assert not GREEN.search(base["color"]), "what has no value gets the colour of the first step"
        assert all(one["value"] is not None for one in later)
    for mapping in defaults.get("mappings", []):
        if mapping["type"] == "special":
            assert not GREEN.search(mapping["options"]["result"]["color"])
    assert defaults.get("custom", {}).get("spanNulls") is not True, "a line over a gap says what nobody knows"


@pytest.mark.parametrize("panel", PANELS)
def test_a_line_ends_where_nothing_was_heard(panel: dict[str, Any]) -> None:
    """Grafana joins whatever points it gets: a silence has to come as empty values, and only short ones may be bridged."""
    custom = panel["fieldConfig"]["defaults"].get("custom", {})
    if panel["type"] != "timeseries" or custom.get("drawStyle") == "bars":
        return
    assert custom["spanNulls"] is False or custom["spanNulls"] <= 24 * 3_600_000
    assert all("createEmpty: true" in query for query in asked(panel))


@pytest.mark.parametrize("panel", [one for one in PANELS if str(one.id).startswith("facilities")])
def test_what_facilities_do_not_know_is_said(panel: dict[str, Any]) -> None:
    defaults = panel["fieldConfig"]["defaults"]
    assert defaults["noValue"] == "not known"
    assert defaults["thresholds"]["steps"]
    assert [one for one in defaults["mappings"] if one["type"] == "special" and one["options"]["match"] == "null+nan"]
    of_values = [query for query in asked(panel) if '_field == "value"' in query]
    assert all("createEmpty: true" in query for query in of_values), "a gap is drawn as a gap"


@pytest.mark.parametrize("name", DASHBOARDS)
def test_panels_have_numbers_of_their_own_and_do_not_lie_on_each_other(name: str) -> None:
    panels = DASHBOARDS[name]["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken = [
        (x, y)
        for panel in panels
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(set(taken)) == len(taken)
    assert max(x for x, _ in taken) < 24


def value_of(key: str, text: str) -> str:
    """The only value that the key has in a small YAML file."""
    (value,) = re.findall(rf"\b{key}: ([^\s,}}]+)", text)
    return str(value)


def test_dashboards_and_data_source_are_provisioned_where_the_questions_look() -> None:
    source = (GRAFANA / "provisioning" / "datasources" / "series.yaml").read_text(encoding="utf-8")
    uid, bucket = value_of("uid", source), value_of("defaultBucket", source)
    for one in DASHBOARDS.values():
        assert {variable["datasource"]["uid"] for variable in one["templating"]["list"]} == {uid}
        for panel in one["panels"]:
            places = [panel["datasource"], *(target["datasource"] for target in panel["targets"])]
            assert all(place == {"type": "influxdb", "uid": uid} for place in places)
            for query in asked(panel):
                assert set(re.findall(r'from\(bucket: "(\w+)"\)', query)) == {bucket}
    assert re.search(r"\btype: influxdb\b", source)


def test_both_dashboards_are_put_where_grafana_looks_for_them() -> None:
    path = value_of("path", (GRAFANA / "provisioning" / "dashboards" / "gates.yaml").read_text(encoding="utf-8"))
    compose = (GRAFANA.parent / "compose.yaml").read_text(encoding="utf-8")
    mounted = dict(re.findall(r"- \./(grafana/\w+):(/[\w/]+):ro", compose))
    assert mounted == {"grafana/provisioning": "/etc/grafana/provisioning", "grafana/dashboards": path}
    assert all((GRAFANA.parent / folder).is_dir() for folder in mounted)
    home = Path(value_of("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH", compose))
    assert str(home.parent) == path
    assert home.name in DASHBOARDS
    assert DASHBOARDS.keys() == {"facilities.json", "gates.json"}
    assert len({one["uid"] for one in DASHBOARDS.values()}) == len(DASHBOARDS)
