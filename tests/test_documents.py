"""What a person may meet is written down: every verdict, reason, alarm, error, command and topic."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import contract.errors
import edge.errors
from cloud.ledger.kinds import CloudAlarm
from cloud.settings import CloudSettings
from contract.errors import MenshenError
from contract.messages.alert import AlertKind
from contract.settings_page import page
from contract.topics import Kind
from contract.verdicts import Reason, Verdict

REPOSITORY = Path(__file__).resolve().parents[1]
VERDICTS = (REPOSITORY / "docs" / "reference" / "verdicts-and-alarms.md").read_text(encoding="utf-8")
ERRORS = [
    name
    for module in (contract.errors, edge.errors)
    for name, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, MenshenError) and kind is not MenshenError
]


@pytest.mark.parametrize("word", [*Verdict, *Reason, *AlertKind, *CloudAlarm, *ERRORS])
def test_every_verdict_reason_alarm_and_error_is_explained(word: str) -> None:
    assert f"| `{word}` |" in VERDICTS


def test_every_topic_is_in_the_interface_description() -> None:
    described = (REPOSITORY / "docs" / "reference" / "asyncapi.yaml").read_text(encoding="utf-8")
    for kind in Kind:
        assert f"menshen/v1/{{gate}}/{kind.value}" in described


def test_every_link_of_the_readme_leads_somewhere() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", readme):
        assert (REPOSITORY / target).exists(), target


def test_what_fails_how_names_tests_that_there_are() -> None:
    named = re.findall(r"`(test_\w+)`", (REPOSITORY / "docs" / "explanation" / "what-fails-how.md").read_text(encoding="utf-8"))
    written = "".join(file.read_text(encoding="utf-8") for file in (REPOSITORY / "tests" / "system").glob("test_*.py"))
    assert named
    assert not [name for name in named if f"def {name}(" not in written]


def test_the_page_of_the_cloud_s_settings_is_the_code_s() -> None:
    written = (REPOSITORY / "docs" / "reference" / "cloud-settings.md").read_text(encoding="utf-8")
    assert written == page(CloudSettings, "Settings of the cloud", "menshen-cloud settings"), "run `make docs`"
