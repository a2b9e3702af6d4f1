"""The token that a person carries from the cloud to a gate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.enrolment import Token, pairing_code, read_pairing_code, read_token
from contract.errors import MessageError

half = st.binary(min_size=16, max_size=16)


@given(half, half)
def test_a_token_comes_back_however_it_was_copied(secret: bytes, fingerprint: bytes) -> None:
    token = Token(secret, fingerprint)
    assert len(token.text) == 69
    for copied in (token.text, token.text.lower(), token.text.replace("-", " "), f"  {token.text.replace('-', '')}\n"):
        assert read_token(copied) == token
    assert read_token(token.text.translate(str.maketrans("OIB", "018"))) == token
    assert read_pairing_code(pairing_code("https://cloud.example/x", token)) == ("https://cloud.example/x", token)
    assert read_pairing_code(token.text) == (None, token)


@given(half, half, st.integers(0, 68), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_wrong_letter_is_noticed_on_the_gate(secret: bytes, fingerprint: bytes, at: int, letter: str) -> None:
    text = Token(secret, fingerprint).text
    wrong = text[:at] + letter + text[at + 1 :]
    if text[at] != "-" and wrong != text:
        with pytest.raises(MessageError, match="letter"):
            read_token(wrong)


@given(st.text(max_size=90))
def test_anything_else_is_no_token(text: str) -> None:
    with pytest.raises(MessageError):
        read_token(text)
