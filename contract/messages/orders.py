"""What somebody orders of a gate, what became of it, and the record of it."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from contract.message import Message, Name, Text


class ResultData(Message):
    """What became of a command. `repeated`: it came again and was refused for that; nothing is said of the first time."""

    command: Name
    done: bool
    detail: Text = ""
    repeated: bool = False


class CommandData(Message):
    """Signed by the cloud for one gate (`contract.commands`), executed once, refused when late; expires 10 s after issue at most.

    `signature` is base64.
    """

    id: Name
    verb: Name
    issuer: Name
    role: Name
    issued: AwareDatetime
    expires: AwareDatetime
    arguments: dict[Name, Text] = Field(default_factory=dict)
    signature: Text


class ActData(Message):
    """What the gate did, or would not do and why, because somebody ordered it: the record of one command."""

    command: Name
    verb: Name
    issuer: Name
    role: Name
    arguments: dict[Name, Text] = Field(default_factory=dict)
    done: bool
    detail: Text = ""
    acted: AwareDatetime
