"""What every message is made of: the base of all models, and the kinds of fields they share."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from contract.errors import MessageError

Text = Annotated[str, StringConstraints(max_length=200)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}$")]
TokenName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,31}$")]
"""A site, a holder or a number, as a badge or pass holds it."""
Celsius = Annotated[float, Field(ge=-100, le=400, allow_inf_nan=False)]

Number = Annotated[float, Field(allow_inf_nan=False)]
PublicKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}=$")]
"""An Ed25519 public key: 32 bytes in base64."""


class Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_inf_nan="null")


_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def refuse_null(body: bytes) -> None:
    """Raises MessageError where a JSON body holds U+0000: PostgreSQL stores none in a text, and one event must not keep its
    whole batch from being stored.
    """
    if b"\\u0000" in body and _NUL.search(body):
        raise MessageError("a text holds U+0000, which no text needs and not every store takes")
