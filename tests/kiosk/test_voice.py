"""What the visitor's screen says aloud, and when it is quiet."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from contract.errors import MenshenError
from edge.app.voice import make_voice, prompts
from edge.config.hours import Hours
from edge.config.kiosk import KioskConfig
from edge.kiosk.server import PAGES, run_kiosk
from edge.kiosk.voice import Voice
from tests.browser import open_page
from tests.clocks import FakeClock
from tests.kiosk.conftest import Kiosk, living, until

speaks = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed (apt install espeak-ng)")
NIGHT, NOON = datetime(2026, 11, 23, 23, 0, tzinfo=UTC), datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SAID = b"RIFF....WAVE"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two prompts, as if they had been recorded."""
    for language in ("zh", "en"):
        (tmp_path / "voice" / language).mkdir(parents=True)
        for key in ("titles-put_on_mask", "waiting-approach"):
            (tmp_path / "voice" / language / f"{key}.wav").write_bytes(SAID)
    return tmp_path / "voice"


def heard(folder: Path | None, key: str, language: str = "zh", now: datetime = NOON, quiet: tuple[str, ...] = ()) -> Path | None:
    """The file that is played; None for silence."""
    return Voice(folder, Hours.of(quiet), UTC, FakeClock(began=now)).file(language, key)


def test_a_prompt_is_heard_in_either_language(folder: Path) -> None:
    for language in ("zh", "en"):
        assert heard(folder, "titles-put_on_mask", language) == folder / language / "titles-put_on_mask.wav"


def test_a_recording_beside_a_made_prompt_of_another_kind_of_file_is_found(folder: Path) -> None:
    recorded = folder / "zh" / "titles-put_on_mask.ogg"
    (folder / "zh" / "titles-put_on_mask.wav").rename(recorded)
    assert heard(folder, "titles-put_on_mask") == recorded


@pytest.mark.parametrize("key", ["titles-pass", "titles", "../zh/titles-put_on_mask", "titles-put_on_mask.wav", ""])
def test_what_is_not_there_is_silence_and_no_file_elsewhere_is_read(folder: Path, key: str) -> None:
    assert heard(folder, key) is None
    assert heard(folder, "titles-put_on_mask", language="../zh") is None


def test_a_site_without_a_voice_and_the_quiet_hours_are_silent(folder: Path) -> None:
    quiet = ("mon-sun 22:00-06:00",)
    assert heard(None, "waiting-approach") is None
    assert heard(folder, "waiting-approach", now=NIGHT, quiet=quiet) is None
    assert heard(folder, "waiting-approach", now=NOON, quiet=quiet) is not None


def test_a_gate_that_boots_in_1970_speaks(folder: Path) -> None:
    always = ("mon-sun 00:00-24:00",)
    assert heard(folder, "waiting-approach", now=datetime(1970, 1, 1, tzinfo=UTC), quiet=always) is not None


@speaks
def test_the_prompts_are_made_and_a_recording_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "titles-pass.ogg").write_bytes(b"somebody's voice")
    count = len(list(prompts()))
    assert make_voice(tmp_path) == (count - 1, 1)
    assert make_voice(tmp_path) == (0, count)
    assert not (tmp_path / "zh" / "titles-pass.wav").exists()
    for language, key, _ in prompts():
        files = list((tmp_path / language).glob(f"{key}.*"))
        assert len(files) == 1
        assert files[0].suffix == ".ogg" or files[0].read_bytes()[:4] == b"RIFF"
        assert files[0].suffix == ".ogg" or files[0].stat().st_size > 10_000


def test_without_the_speaking_program_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MenshenError, match="apt install espeak-ng"):
        make_voice(tmp_path)


def test_the_page_says_what_is_made_and_nothing_else() -> None:
    script = (PAGES / "kiosk.js").read_text(encoding="utf-8")
    said = {
        f"{group}-{name}"
        for group, constant in (("titles", "SPOKEN"), ("waiting", "SPOKEN_WAITING"))
        for name in re.findall(r'"([a-z_]+)"', re.findall(rf"const {constant} = new Set\(\[(.*?)\]\)", script)[0])
    }
    assert said == {key for _, key, _ in prompts()}


@pytest.mark.browser
def test_the_page_says_a_prompt_that_stands_and_only_the_newest(browser: Browser, gate: Kiosk, folder: Path) -> None:
    config = KioskConfig(port=0, voice=folder)
    with living(lambda stop: run_kiosk(config, "south-1", gate.board, gate.ring, gate.own, stop)):
        until(lambda: gate.own.read() is not None)
        gate.say("idle")
        watched = open_page(browser, 1080, 1920)
        asked: list[str] = []
        watched.page.on("response", lambda answer: asked.append(f"{answer.url.rpartition('/voice/')[2]} {answer.status}"))
        watched.page.goto(gate.address, wait_until="domcontentloaded")
        watched.page.locator("body[data-verdict=idle]").wait_for()
        gate.say("put_on_mask")
        watched.page.wait_for_event("response", lambda answer: "/voice/" in answer.url)
        gate.say("wait", "approach")
        watched.page.wait_for_event("response", lambda answer: "waiting-approach" in answer.url)
        gate.say("idle")
        watched.page.locator("body[data-verdict=idle]").wait_for()
        watched.page.close()
    said = [one for one in asked if one.startswith("zh/")]
    assert said == ["zh/titles-put_on_mask 200", "zh/waiting-approach 200"]
    assert watched.complaints == []
