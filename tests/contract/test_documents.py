"""What is generated from the contract is committed as it would be generated now."""

from __future__ import annotations

import json
import re
from pathlib import Path

from contract.access import ACL_FILE, CLOUD_USER, access_list
from contract.asyncapi import FILE, document
from contract.topics import ROUTES, Kind, Side, topic
from contract.yaml_text import yaml_text

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_asyncapi_document_is_the_committed_one() -> None:
    committed = (REPOSITORY / FILE).read_text(encoding="utf-8")
    assert committed == yaml_text(document()), "run: python -m contract.asyncapi --write"


def test_the_brokers_access_list_is_the_committed_one() -> None:
    committed = (REPOSITORY / ACL_FILE).read_text(encoding="utf-8")
    assert committed == access_list(), "run: python -m contract.access --write"


def test_every_kind_is_a_channel_with_an_operation_and_an_example() -> None:
    made = document()
    addresses = {channel["address"] for channel in made["channels"].values()}
    assert addresses == {topic("+", kind).replace("+", "{gate}") for kind in Kind}
    assert len(made["operations"]) == len(Kind)
    assert all(message["examples"] for message in made["components"]["messages"].values())


def test_every_reference_leads_somewhere() -> None:
    made = document()
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(made)):
        place = made
        for part in reference.split("/"):
            place = place[part]


def test_the_access_list_lets_nobody_write_what_the_other_side_writes() -> None:
    for kind, route in ROUTES.items():
        gate_may = f"pattern write menshen/v1/%u/{kind.value}\n" in access_list()
        cloud_may = f"topic write menshen/v1/+/{kind.value}\n" in access_list()
        assert (gate_may, cloud_may) == (route.writer is Side.GATE, route.writer is Side.CLOUD)
    assert f"user {CLOUD_USER}\n" in access_list()
    assert "write menshen/v1/%u/#" not in access_list()


def test_yaml_has_no_surprises() -> None:
    text = yaml_text({"on": "no", "plain": ["1.0", 1.0, None, True, {}, []], "inner": {"a b": "x: y # z"}, "list": [{"k": 1}]})
    assert text.splitlines() == [
        '"on": "no"',
        "plain:",
        '  - "1.0"',
        "  - 1.0",
        "  - null",
        "  - true",
        "  - {}",
        "  - []",
        "inner:",
        '  "a b": "x: y # z"',
        "list:",
        "  -",
        "    k: 1",
    ]
