"""A settings file that is wrong is refused with file, key, value and remedy; the ones we ship are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract.errors import SettingsError
from contract.settings_page import page
from edge.config import GateConfig, load_gate
from edge.sim.stage import registration_matrix

REPOSITORY = Path(__file__).resolve().parents[2]
GATES = sorted((REPOSITORY / "firmware_configs" / "gates").glob("*.toml"))

GOOD = """
gate = "south-1"
[colour]
source = "v4l2"
device = "/dev/video0"
[thermal]
source = "none"
[screening]
temperature = false
[uplink]
database = "gate.db"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "gate.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", GATES, ids=lambda path: path.name)
def test_every_gate_we_ship_loads(path: Path) -> None:
    assert load_gate(path).gate


def test_the_simulated_gate_is_registered_as_its_cameras_are() -> None:
    config = load_gate(REPOSITORY / "firmware_configs" / "gates" / "simulated.toml")
    assert config.registration is not None
    assert config.registration.matrix == registration_matrix()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("device =", "devise =", ["colour.devise", "Did you mean `device`?"]),
        ("[screening]", "[screenign]", ["screenign", "Did you mean `screening`?"]),
        ('device = "/dev/video0"', 'width = "640"', ["colour.width", "'640'", "integer"]),
        ('source = "v4l2"', 'source = "v4l3"', ["v4l3", "'v4l2'", "'rtsp'"]),
        ('gate = "south-1"', 'gate = "South/1"', ["gate", "South/1"]),
        ('database = "gate.db"', "", ["uplink.database", "missing"]),
        ("temperature = false", "temperature = true", ["[reference]", "[registration]"]),
        ('source = "v4l2"\ndevice = "/dev/video0"', 'source = "simulated"', []),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_remedy(tmp_path: Path, right: str, wrong: str, said: list[str]) -> None:
    assert right in GOOD
    path = written(tmp_path, GOOD.replace(right, wrong))
    if not said:
        assert load_gate(path).replay
        return
    with pytest.raises(SettingsError) as refused:
        load_gate(path)
    assert str(path) in str(refused.value)
    for words in said:
        assert words in str(refused.value)


def test_a_replay_may_not_move_a_real_barrier(tmp_path: Path) -> None:
    text = (
        GOOD.replace('source = "v4l2"\ndevice = "/dev/video0"', 'source = "simulated"') + '[barrier]\nkind = "pulse"\nline = 17\n'
    )
    with pytest.raises(SettingsError, match="a replay must not open a gate"):
        load_gate(written(tmp_path, text))


@pytest.mark.parametrize("kind", ["level", "gpio", "relay"])
def test_a_plain_level_output_is_no_barrier(tmp_path: Path, kind: str) -> None:
    text = GOOD + f'[barrier]\nkind = "{kind}"\nline = 17\n'
    with pytest.raises(SettingsError, match=r"stays as it is when the gate's process dies.*retriggerable timer"):
        load_gate(written(tmp_path, text))


def test_a_simulated_circuit_may_have_any_barrier_on_lines(tmp_path: Path) -> None:
    simulated = GOOD.replace('source = "v4l2"\ndevice = "/dev/video0"', 'source = "simulated"')
    text = simulated + '[barrier]\nkind = "pulse"\nline = 17\n[simulation]\ncircuit = true\n'
    assert load_gate(written(tmp_path, text)).barrier.real


def test_a_simulated_circuit_behind_live_cameras_moves_nobody_s_arm(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cameras are live"):
        load_gate(written(tmp_path, GOOD + "[simulation]\ncircuit = true\n"))


def test_two_wires_do_not_share_a_line(tmp_path: Path) -> None:
    text = GOOD + '[barrier]\nkind = "pulse"\nline = 17\n[inputs]\nfire_line = 17\n'
    with pytest.raises(SettingsError, match=r"barrier\.line and inputs\.fire_line are both GPIO line 17"):
        load_gate(written(tmp_path, text))


def test_a_turnstile_needs_its_passage_contact(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"inputs\.passage_line"):
        load_gate(written(tmp_path, GOOD + '[barrier]\nkind = "turnstile"\nline = 17\n'))


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="line 3"):
        load_gate(written(tmp_path, 'gate = "a"\n[colour]\nsource = = "v4l2"\n'))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load_gate(tmp_path / "nowhere.toml")


def test_the_page_of_settings_is_the_code_s() -> None:
    written_page = (REPOSITORY / "docs" / "reference" / "gate-settings.md").read_text(encoding="utf-8")
    assert written_page == page(GateConfig, "Settings of a gate", "menshen-edge settings"), "run `make docs`"


def test_pictures_leave_only_where_the_site_says_so_and_only_by_tls_or_to_this_machine(tmp_path: Path) -> None:
    assert load_gate(written(tmp_path, GOOD + '[live]\nurl = "https://cloud.example"\n')).live_address is None
    with pytest.raises(SettingsError, match="needs the cloud's address"):
        load_gate(written(tmp_path, GOOD + "[live]\nallowed = true\n"))
    with pytest.raises(SettingsError, match="in the clear"):
        load_gate(written(tmp_path, GOOD + '[live]\nallowed = true\nurl = "http://cloud.example"\n'))
    for url in ("https://cloud.example", "http://127.0.0.1:8700"):
        assert load_gate(written(tmp_path, GOOD + f'[live]\nallowed = true\nurl = "{url}"\n')).live_address == url
