"""What else the cloud tells a gate: what it has committed, how much may come, and which badges and passes are good no more."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from contract.message import Message, Name, PublicKey, Text, TokenName


class AckData(Message):
    """What the cloud has committed: numbers of one install of one gate."""

    install: Name
    seqs: Annotated[tuple[int, ...], Field(max_length=2000)]


class FlowData(Message):
    """The cloud asks the gate to send no more than so many events a second, alerts not counted; holds for a minute."""

    max_rate: Annotated[float, Field(gt=0, allow_inf_nan=False)]


class WithdrawnData(Message):
    """Which passes and badges of a site are good no more, and who signs: the whole list each time, signed (`contract.withdrawn`).

    Attributes:
        site: for which the badges and passes are made.
        issued_ms: UTC milliseconds since 1970; a gate takes no older list after a newer one.
        keys: public keys of whoever signs badges, passes and the next list.
        numbers: holders of badges and numbers of passes, as they stand in a token.
        signature: base64, by one of the keys the gate knows.
    """

    site: TokenName
    issued_ms: Annotated[int, Field(ge=0)]
    keys: Annotated[tuple[PublicKey, ...], Field(min_length=1, max_length=2)]
    numbers: Annotated[tuple[TokenName, ...], Field(max_length=1500)] = ()
    signature: Text
