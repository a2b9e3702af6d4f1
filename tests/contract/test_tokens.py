"""Badges and passes as text: one text for one token, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from contract.errors import MessageError
from contract.tokens import (
    AHEAD_S,
    LONGEST_S,
    PREFIX,
    Token,
    TokenKind,
    check_times,
    from_text,
    signed_bytes,
    to_text,
    token_bytes,
)

NOW_S = 1_795_000_000
name = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_.:-]{0,31}\Z")
tokens = st.builds(
    Token,
    kind=st.sampled_from(TokenKind),
    holder=name,
    site=name,
    issued_s=st.integers(0, 2**32 - 1),
    until_s=st.integers(0, 2**32 - 1),
)


@given(tokens, st.binary(min_size=64, max_size=64))
def test_what_was_written_is_read(token: Token, signature: bytes) -> None:
    assert from_text(to_text(token, signature)) == (token, signature)


@given(tokens, tokens)
def test_two_tokens_never_have_the_same_bytes(one: Token, other: Token) -> None:
    assert (token_bytes(one) == token_bytes(other)) == (one == other)


def test_a_qr_code_holds_it_in_its_short_alphabet() -> None:
    key = Ed25519PrivateKey.generate()
    token = Token(TokenKind.BADGE, "0123456789abcdef", "south-hall", NOW_S, NOW_S + 60)
    text = to_text(token, key.sign(signed_bytes(token)))
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert len(text) < 200


@given(
    st.text(max_size=200) | st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=", max_size=400).map(lambda body: PREFIX + body)
)
def test_whatever_else_is_held_before_the_camera_is_refused_in_words(text: str) -> None:
    with pytest.raises(MessageError, match=r"^it is (no badge or pass of this system|damaged)$"):
        from_text(text)


@given(tokens, st.binary(min_size=64, max_size=64), st.data())
def test_one_wrong_character_is_never_the_same_token(token: Token, signature: bytes, data: st.DataObject) -> None:
    text = to_text(token, signature)
    at = data.draw(st.integers(len(PREFIX), len(text) - 1))
    other = data.draw(st.sampled_from([one for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if one != text[at]]))
    try:
        read = from_text(text[:at] + other + text[at + 1 :])
    except MessageError:
        return
    assert read != (token, signature)


@pytest.mark.parametrize("kind", TokenKind)
def test_a_token_is_good_from_its_issue_to_its_end_and_no_longer_than_its_kind_may(kind: TokenKind) -> None:
    def at(now_s: float, issued_s: int = NOW_S, until_s: int = NOW_S + 60) -> None:
        check_times(Token(kind, "a", "b", issued_s, until_s), now_s)

    at(NOW_S)
    at(NOW_S + 59.9)
    at(NOW_S - AHEAD_S)
    for now_s, issued_s, until_s in (
        (NOW_S + 60, NOW_S, NOW_S + 60),
        (NOW_S - AHEAD_S - 1, NOW_S, NOW_S + 60),
        (NOW_S, NOW_S, NOW_S + LONGEST_S[kind] + 1),
        (NOW_S, NOW_S + 60, NOW_S),
    ):
        with pytest.raises(MessageError):
            at(now_s, issued_s, until_s)


@pytest.mark.parametrize("text", ["", "a b", "-a", "a" * 33, "工号"])
def test_a_name_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(MessageError, match="1 to 32 letters"):
        token_bytes(Token(TokenKind.PASS, text, "site", 1, 2))
