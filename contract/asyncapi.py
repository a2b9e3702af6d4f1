"""The contract as AsyncAPI 3.0: `python -m contract.asyncapi --write` writes docs/reference/asyncapi.yaml."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from contract.examples import example
from contract.messages.envelope import DATA, MAX_BYTES, Envelope
from contract.topics import EVENTS, GATE_NAME, ROOT, ROUTES, Kind, Side
from contract.yaml_text import yaml_text

FILE: Final = Path("docs/reference/asyncapi.yaml")
_SCHEMAS: Final = "#/components/schemas/"
_ABOUT: Final = (
    f"What a gate and the cloud say to each other over MQTT 5. A message is JSON of at most {MAX_BYTES} bytes. "
    f"Events ({', '.join(EVENTS)}) have the fields of CloudEvents 1.0 and an id {{gate}}:{{install}}:{{seq}}, "
    "which also travels as the MQTT user property `id`. The gate repeats an event until its number comes on down/ack; "
    "a PUBACK is no delivery. Writers send no other fields than these, readers ignore and do not keep them."
)


def document() -> dict[str, Any]:
    """The AsyncAPI document of this version of the contract, seen from the gate."""
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Menshen", "version": ROOT.rpartition("/")[2], "description": _ABOUT},
        "defaultContentType": "application/json",
        "channels": {_name(kind): _channel(kind) for kind in Kind},
        "operations": {_name(kind): _operation(kind) for kind in Kind},
        "components": {
            "parameters": {"gate": {"description": f"The gate's id: {GATE_NAME.pattern}, the name of its broker account."}},
            "messages": {_name(kind): _message(kind) for kind in Kind},
            "schemas": _schemas(),
        },
    }


def _name(kind: Kind) -> str:
    return kind.value.replace("/", "-")


def _channel(kind: Kind) -> dict[str, Any]:
    return {
        "address": f"{ROOT}/{{gate}}/{kind.value}",
        "parameters": {"gate": {"$ref": "#/components/parameters/gate"}},
        "messages": {_name(kind): {"$ref": f"#/components/messages/{_name(kind)}"}},
    }


def _operation(kind: Kind) -> dict[str, Any]:
    route = ROUTES[kind]
    priority = {} if route.priority is None else {"x-outbox-priority": route.priority}
    return {
        "action": "send" if route.writer is Side.GATE else "receive",
        "channel": {"$ref": f"#/channels/{_name(kind)}"},
        "bindings": {"mqtt": {"qos": route.qos, "retain": route.retained, "bindingVersion": "0.2.0"}},
        **priority,
    }


def _message(kind: Kind) -> dict[str, Any]:
    data = {"$ref": _SCHEMAS + DATA[kind].__name__}
    event = {"allOf": [{"$ref": _SCHEMAS + Envelope.__name__}, {"type": "object", "properties": {"data": data}}]}
    about = (DATA[kind].__doc__ or "").strip().split("\n\n")[0]
    return {
        "name": _name(kind),
        "description": " ".join(about.split()),
        "payload": event if kind in EVENTS else data,
        "examples": [{"payload": json.loads(example(kind))}],
    }


def _schemas() -> dict[str, Any]:
    models: list[type[BaseModel]] = [Envelope, *DATA.values()]
    _, schemas = models_json_schema([(model, "serialization") for model in models], ref_template=_SCHEMAS + "{model}")
    found: dict[str, Any] = schemas["$defs"]
    return dict(sorted(found.items()))


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(yaml_text(document()), encoding="utf-8")
    else:
        sys.stdout.write(yaml_text(document()))
