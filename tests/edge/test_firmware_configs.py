"""What we ship for a machine around the gate: names that exist, rules that udev reads, numbers that the drivers ask for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edge.config import load_gate
from edge.config.sources import LeptonSpiThermal
from edge.vision.thermal.infiray.source import INFIRAY
from edge.vision.thermal.lepton.spi_source import LEAST_HZ, READ_BYTES
from edge.vision.thermal.lepton.uvc_nodes import PURETHERMAL, UsbCamera

REPOSITORY = Path(__file__).resolve().parents[2]
SHIPPED = REPOSITORY / "firmware_configs"
RULES = (SHIPPED / "udev" / "70-menshen.rules").read_text(encoding="utf-8")
PAGES = [*(REPOSITORY / "docs").rglob("*.md"), *SHIPPED.rglob("*.md"), REPOSITORY / "README.md"]
LEAST_I2C_BYTES_S = 1664 * 8
"""Of an MLX90640: 832 words a sub-page, 8 sub-pages a second."""

MATCH = re.compile(r'(SUBSYSTEM|ATTRS?\{\w+\})=="[\w-]+"')
ASSIGNMENT = re.compile(r'(GROUP="(spi|i2c|video)"|MODE="0660"|SYMLINK\+="menshen/\w+")')


@pytest.mark.parametrize("line", [line for line in RULES.splitlines() if line and not line.startswith("#")])
def test_every_rule_is_matches_and_then_assignments(line: str) -> None:
    parts = line.split(", ")
    matches = [part for part in parts if MATCH.fullmatch(part)]
    assert matches, line
    assert matches == parts[: len(matches)], line
    assert len(parts) > len(matches), line
    assert all(ASSIGNMENT.fullmatch(part) for part in parts[len(matches) :]), line
    assert line.count('"') == 2 * len(parts), line


@pytest.mark.parametrize("camera", [PURETHERMAL, INFIRAY], ids=lambda camera: camera.name)
def test_the_rules_name_the_cameras_that_the_drivers_look_for(camera: UsbCamera) -> None:
    assert RULES.count(f'ATTRS{{idVendor}}=="{camera.vendor}", ATTRS{{idProduct}}=="{camera.product}"') == 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_every_shipped_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for named in re.findall(r"firmware_configs/[\w./-]*\w", text):
        assert (REPOSITORY / named).exists(), named
    if SHIPPED in page.parents:
        beside = re.findall(r"`((?:\.\./)*(?:gates/|udev/)?[\w-]+\.(?:rules|conf|txt|toml))`", text)
        for named in (name for name in beside if name != "gate.toml"):
            assert (page.parent / named).exists() or (SHIPPED / named).exists(), named


@pytest.mark.parametrize("path", ["raspberry_pi/cmdline.txt", "jetson/modprobe-menshen.conf"])
def test_the_buffer_of_the_spi_driver_holds_a_whole_read(path: str) -> None:
    sizes = re.findall(r"bufsiz=(\d+)", (SHIPPED / "boot" / path).read_text(encoding="utf-8"))
    assert [int(size) >= READ_BYTES for size in sizes] == [True]


def test_the_kernel_s_part_of_the_boot_settings_is_one_word() -> None:
    assert len((SHIPPED / "boot" / "raspberry_pi" / "cmdline.txt").read_text(encoding="utf-8").split()) == 1


@pytest.mark.parametrize("path", sorted((SHIPPED / "boot" / "raspberry_pi").glob("config-*.txt")), ids=lambda path: path.name)
def test_the_boot_settings_are_parameters_and_give_the_bus_its_speed(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"dtparam=\w+=\w+", line) for line in lines)
    speed_hz = next(int(line.rpartition("=")[2]) for line in lines if "i2c_arm_baudrate" in line)
    assert "dtparam=i2c_arm=on" in lines
    assert speed_hz > 9 * LEAST_I2C_BYTES_S, "a byte has 8 bits and an acknowledgement"
    assert speed_hz == (1_000_000 if "mlx" in path.name else 400_000)
    assert ("dtparam=spi=on" in lines) is ("lepton" in path.name)


@pytest.mark.parametrize("path", sorted((SHIPPED / "gates").glob("lepton*.toml")), ids=lambda path: path.name)
def test_a_lepton_on_spi_is_read_quickly_enough(path: Path) -> None:
    thermal = load_gate(path).thermal
    assert isinstance(thermal, LeptonSpiThermal)
    assert thermal.spi_hz >= LEAST_HZ[4]
