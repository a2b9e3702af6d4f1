"""What is signed of the list of badges and passes that are good no more. It is retained: a gate that was away gets it at once.

A list for one site is worth nothing at another, and an older one nothing after a newer one. It names its next signers, so that
a key is changed without visiting a gate: a list signed with the old key names both, one signed with the new key only that.
"""

from __future__ import annotations

import json
from typing import Final

from contract.messages.down import WithdrawnData

MOST: Final = 1500
"""Numbers in one list: 64 KiB hold them, whatever their length."""
_DOMAIN: Final = b"menshen withdrawn 1\n"
"""What is signed for this purpose means nothing for another."""


def signed_bytes(said: WithdrawnData) -> bytes:
    """What the signature is over: every field but itself, one form of these bytes for one meaning."""
    fields = said.model_dump(mode="json", exclude={"signature"})
    return _DOMAIN + json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")
