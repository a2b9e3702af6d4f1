"""The units we ship are read by systemd itself, where it is there, and keep what the pages promise."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from edge.supervisor.supervise import STOP_S

FOLDER = Path(__file__).resolve().parents[2] / "firmware_configs" / "systemd"
UNITS = sorted(FOLDER.glob("*.service"))
MOST_EXPOSED = 30
"""Of `systemd-analyze security`, where 100 is no protection at all; a plain unit has 96."""


def settings_of(unit: Path) -> dict[str, str]:
    """The last value of every key of [Service] and [Unit]."""
    pairs = re.findall(r"^(\w+)=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(pairs)


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("needs systemd-analyze")
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(params=UNITS, ids=lambda unit: unit.stem)
def unit(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A unit whose program is on this machine."""
    given: Path = request.param
    text = re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", given.read_text(encoding="utf-8"), flags=re.MULTILINE)
    copy = tmp_path / given.name.replace("@.", "@one.")
    copy.write_text(text, encoding="utf-8")
    return copy


def test_systemd_reads_every_unit_without_a_word(unit: Path) -> None:
    said = analyze("verify", "--man=no", "--recursive-errors=no", unit)
    assert (said.returncode, said.stderr, said.stdout) == (0, "", ""), "it answers 0 to a misspelt value, so its words count"


def test_a_misspelt_value_would_be_noticed(unit: Path) -> None:
    unit.write_text(unit.read_text().replace("Restart=always", "Restart=alwayss"))
    assert "alwayss" in analyze("verify", "--man=no", "--recursive-errors=no", unit).stderr


def test_a_unit_may_do_little_that_it_need_not(unit: Path) -> None:
    judged = analyze("security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", unit)
    assert judged.returncode == 0, judged.stdout


WATCHED = [unit for unit in UNITS if unit.stem != "menshen-kiosk"]
"""Our own programs; the kiosk's is a browser."""


def test_the_screen_s_browser_writes_to_memory_alone_and_reaches_nothing_but_this_machine() -> None:
    has = settings_of(FOLDER / "menshen-kiosk.service")
    assert "--user-data-dir=%t/menshen-kiosk/" in has["ExecStart"], "/run, which is memory"
    assert (has["RuntimeDirectory"], has["Restart"]) == ("menshen-kiosk", "always")
    assert (has["LimitCORE"], has["MemorySwapMax"]) == ("0", "0")
    assert (has["IPAddressDeny"], has["IPAddressAllow"]) == ("any", "localhost")


@pytest.mark.parametrize("path", WATCHED, ids=lambda unit: unit.stem)
def test_a_unit_is_watched_and_started_again_and_keeps_pictures_and_secrets_to_itself(path: Path) -> None:
    has = settings_of(path)
    assert (has["Type"], has["WatchdogSec"], has["Restart"], has["KillMode"]) == ("notify", "10", "always", "mixed")
    assert (has["LimitCORE"], has["UMask"], has["User"]) == ("0", "0077", "menshen")
    assert "--unattended" in has["ExecStart"] or " worker " in has["ExecStart"]
    assert float(has["TimeoutStopSec"]) > 2 * STOP_S


def test_a_gate_reboots_after_five_starts_but_not_for_settings_a_person_must_correct() -> None:
    has = settings_of(FOLDER / "menshen-gate.service")
    assert (has["StartLimitBurst"], has["StartLimitIntervalSec"], has["StartLimitAction"]) == ("5", "300", "reboot")
    assert has["RestartPreventExitStatus"] == "2"
    assert "adjtimex" in has["SystemCallFilter"]
    assert "ProtectClock" not in has


DROP_INS = [("journald.conf.d/menshen.conf", "Journal"), ("system.conf.d/menshen-watchdog.conf", "Manager")]


@pytest.mark.parametrize(("name", "section"), DROP_INS)
def test_the_drop_ins_have_their_section(name: str, section: str) -> None:
    read = configparser.ConfigParser()
    read.read(FOLDER / name)
    assert read.sections() == [section]
    if section == "Manager":
        assert all(int(seconds) <= 15 for seconds in read["Manager"].values()), "a Raspberry Pi's watchdog waits no longer"
