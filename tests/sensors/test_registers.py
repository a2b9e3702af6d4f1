"""Register maps are files: those we ship say what their sources say, a wrong one is refused with key and remedy."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.errors import SettingsError
from edge.config.quantities import QUANTITIES
from edge.config.register_map import Register, RegisterMap, load_map
from edge.sensors.devices.registers import decode, requests
from edge.sensors.reading import Trouble

SHIPPED = Path(__file__).resolve().parents[2] / "firmware_configs" / "modbus"
NAMES = sorted(file.stem for file in SHIPPED.glob("*.toml"))


def register(name: str, quantity: str) -> Register:
    return next(one for one in load_map(name).registers if one.quantity == quantity)


def test_there_are_maps_of_several_devices() -> None:
    assert len(NAMES) >= 4


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_map_is_read_and_names_where_it_is_from(name: str) -> None:
    told = load_map(name)
    assert told.source
    assert {one.quantity for request in requests(told) for one in request.registers} == {one.quantity for one in told.registers}


@pytest.mark.parametrize(
    ("name", "quantity", "words", "said"),
    [
        ("vaisala_gmp252", "co2_ppm", [0xD47A, 0x43E8], 465.65997),
        ("vaisala_gmp252", "co2_ppm", [0x0000, 0x7FC0], Trouble.NOT_MEASURED),
        ("xy_md02", "air_c", [0x0131], 30.5),
        ("xy_md02", "air_c", [0xFF33], -20.5),
        ("xy_md02", "humidity_pct", [0x0222], 54.6),
        ("xy_md02", "air_c", [700], Trouble.OUT_OF_RANGE),
        ("senseair_s8", "co2_ppm", [0x0388], 904.0),
        ("senseair_s8", "co2_ppm", [0], Trouble.NOT_MEASURED),
        ("vaisala_gmw80", "air_c", [0x8000], Trouble.NOT_MEASURED),
        ("aerasgard_rco2", "co2_ppm", [349], Trouble.OUT_OF_RANGE),
        ("xylem_cl500", "chlorine_mg_l", [0x0000, 0x3FC0], 1.5),
        ("xylem_cl500", "chlorine_mg_l", [0x0000, 0x4140], Trouble.OUT_OF_RANGE),
    ],
)
def test_the_examples_of_the_sources_are_read_right(name: str, quantity: str, words: list[int], said: float | Trouble) -> None:
    assert decode(register(name, quantity), words) == (said if isinstance(said, Trouble) else pytest.approx(said))


def test_neighbours_are_asked_together_and_nothing_over_a_gap() -> None:
    assert [(one.first, one.count) for one in requests(load_map("xy_md02"))] == [(1, 2)]
    assert [(one.first, one.count) for one in requests(load_map("aerasgard_rco2"))] == [(0, 1), (4, 1), (6, 1), (13, 1)]


def test_an_inverted_contact_is_turned() -> None:
    told = Register(quantity="contact", kind="discrete", address=0, type="bit", inverted=True)
    assert [decode(told, [bit]) for bit in (0, 1)] == [1.0, 0.0]


@given(
    kind=st.sampled_from(["int16", "uint16", "int32", "uint32", "float32"]),
    order=st.sampled_from(["high_first", "low_first"]),
    words=st.lists(st.integers(0, 0xFFFF), min_size=0, max_size=4),
)
def test_any_registers_are_a_finite_value_or_a_trouble(kind: str, order: str, words: list[int]) -> None:
    told = RegisterMap.model_validate(
        {
            "device": "any",
            "source": "hypothesis",
            "registers": [{"quantity": "co2_ppm", "kind": "input", "address": 9, "type": kind, "word_order": order}],
        }
    )
    (request,) = requests(told)
    said = request.values(words)["co2_ppm"]
    assert isinstance(said, Trouble) or abs(said) < float("inf")
    assert (said is Trouble.WRONG_PAYLOAD) == (len(words) < request.count)


HUMIDITY_TOO = 'quantity = "humidity_pct"\nkind = "input"\naddress = 1\ntype = "int16"'
RIGHT = (SHIPPED / "xy_md02.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("was", "instead", "words"),
    [
        ('quantity = "air_c"', 'quantity = "air"', "registers.0.quantity"),
        ("scale = 0.1", "scal = 0.1", "Did you mean `scale`"),
        ('unit = "°C"', 'unit = "%"', "is no unit of it"),
        ('type = "int16"', 'type = "bit"', "coils"),
        ('source = "', 'sauce = "', "unknown key `sauce`"),
        ("[[registers]]", '[[status]]\nkind = "input"\naddress = 3\ngood = []\n\n[[registers]]', "status.0.good"),
        ('quantity = "air_c"\nkind = "input"\naddress = 0x0001\ntype = "int16"\nscale = 0.1\nunit = "°C"', HUMIDITY_TOO, "twice"),
    ],
)
def test_a_wrong_map_is_refused_with_its_file_and_key(tmp_path: Path, was: str, instead: str, words: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(RIGHT.replace(was, instead, 1), encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load_map(str(file))
    assert str(file) in str(refused.value)
    assert words in f"{refused.value} {refused.value.remedy}"


def test_a_map_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(SettingsError) as refused:
        load_map("xy_md03")
    assert "xy_md02" in str(refused.value.remedy)


def test_every_quantity_of_a_shipped_map_is_known() -> None:
    said = [one for name in NAMES for one in tomllib.loads((SHIPPED / f"{name}.toml").read_text())["registers"]]
    assert {one["quantity"] for one in said} <= QUANTITIES.keys()
