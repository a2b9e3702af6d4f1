"""Signed heads of the chain on paper: whoever keeps the paper sees later whether the evidence is still of the same chain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from cloud.export import Row, Table
from cloud.ledger.heads import SignedHead
from cloud.reports.words import Language, say

SHOWN: Final = 16
"""So many signs of a hash and of a key stand on paper: 64 and 96 bits, compared by eye."""


def head_table(heads: Sequence[SignedHead], language: Language) -> Table:
    """The oldest first."""
    columns = (
        ("链号", "链值（前 16 位）", "签名时间", "公钥（前 16 位）"),
        ("Link", "Its hash, first 16", "Signed at", "Public key, first 16"),
    )
    rows: list[Row] = [
        [one.number, one.link.hex()[:SHOWN], datetime.fromtimestamp(one.at_ms / 1000, UTC), one.key[:SHOWN]] for one in heads
    ]
    empty = (
        "没有签名：未设置签名密钥（ledger.head_key_file），或还没有签到此处。",
        "None: no key is set (ledger.head_key_file), or nothing of it was signed yet.",
    )
    title = ("台账链头的签名（与取证文件核对）", "Signed heads of the ledger (compare with a file of evidence)")
    return Table(say(title, language), columns[language is Language.EN], rows, (1, 2, 2, 2), say(empty, language))
