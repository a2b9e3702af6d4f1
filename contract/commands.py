"""Commands from the cloud to one gate: which there are, who may give them, and which bytes are signed.

The signature (Ed25519, RFC 8032) is over `signed_bytes`: every field but itself, and the name of the gate, so that a command
for one gate is worth nothing at another. Making and checking it is each side's business.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from contract.errors import MessageError
from contract.messages.orders import CommandData

LONGEST_S: Final = 10.0
"""A command expires so long after its issue at most."""
AHEAD_S: Final = 2.0
"""The cloud's clock may be so much ahead of the gate's."""
KEY_BYTES: Final = 32
"""Of a public key; it is written in base64."""
_DOMAIN: Final = b"menshen command 1\n"
"""What is signed for this purpose means nothing for another."""


class Verb(StrEnum):
    """What a gate can be told. The way out is never held, by none of these."""

    OPEN_ONCE = "open_once"
    """Open for one person who stands in the zone; an empty gate never opens."""
    HOLD = "hold"
    """Let nobody in until `release`; outlives a restart of the gate."""
    RELEASE = "release"
    CLOSE = "close"
    """Let the arm down now, as soon as nobody stands under it."""
    MESSAGE = "message"
    """Show a line on the visitor's screen for a minute."""
    LIVE = "live"
    """Show one guard the camera's picture, faces pixelated, for a minute (`contract.live`); only where the gate allows it."""


_GUARDS: Final = frozenset({"guard", "supervisor", "administrator"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may give a command, and what it says: each argument's name with its longest text in characters."""

    roles: frozenset[str] = _GUARDS
    needs: dict[str, int] = field(default_factory=dict)
    may: dict[str, int] = field(default_factory=dict)


RULES: Final[dict[Verb, Rule]] = {
    Verb.OPEN_ONCE: Rule(needs={"reason": 200}),
    Verb.HOLD: Rule(may={"reason": 200}),
    Verb.RELEASE: Rule(may={"reason": 200}),
    Verb.CLOSE: Rule(may={"reason": 200}),
    Verb.MESSAGE: Rule(needs={"zh": 60, "en": 60}),
    Verb.LIVE: Rule(needs={"purpose": 100, "ticket": 64}),
}


def signed_bytes(gate: str, command: CommandData) -> bytes:
    """What the signature is over: one form of these bytes for one meaning, whatever the JSON of the message looks like."""
    fields = {
        "gate": gate,
        "id": command.id,
        "verb": command.verb,
        "issuer": command.issuer,
        "role": command.role,
        "issued": _moment(command.issued),
        "expires": _moment(command.expires),
        "arguments": command.arguments,
    }
    return _DOMAIN + json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def check_order(verb: str, role: str, arguments: dict[str, str]) -> Verb:
    """The verb, where this role may say it with these arguments. Raises MessageError in words."""
    try:
        known = Verb(verb)
    except ValueError as wrong:
        raise MessageError(f"unknown verb {verb!r}") from wrong
    rule = RULES[known]
    if role not in rule.roles:
        raise MessageError(f"the role {role!r} may not {known}")
    for name, text in arguments.items():
        longest = (rule.needs | rule.may).get(name)
        if longest is None:
            raise MessageError(f"{known} knows no argument {name!r}")
        if not (text.strip() and text.isprintable() and len(text) <= longest):
            raise MessageError(f"{name} of {known} is 1 to {longest} printable characters")
    missing = sorted(rule.needs.keys() - arguments.keys())
    if missing:
        raise MessageError(f"{known} needs {' and '.join(missing)}")
    return known


def check_times(command: CommandData, now: datetime) -> None:
    """Raises MessageError in words for a command that is late, from the future, or lasts too long."""
    if not 0 < (command.expires - command.issued).total_seconds() <= LONGEST_S:
        raise MessageError(f"it does not expire within {LONGEST_S:g} s of its issue")
    ahead_s = (command.issued - now).total_seconds()
    if ahead_s > AHEAD_S:
        raise MessageError(f"it was issued {ahead_s:.1f} s from now")
    late_s = (now - command.expires).total_seconds()
    if late_s >= 0:
        raise MessageError(f"it is late: it expired {late_s:.1f} s ago")
