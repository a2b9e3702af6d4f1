"""Pairing: a gate trades a token for a certificate, and later that one for the next. No account is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Request

from cloud.access.attempts import Key
from cloud.api.parts import Parts, PartsOf, Problem, address_of
from cloud.enrolment.enrolment import Enrolment
from cloud.enrolment.refusal import EnrolmentRefusedError, Why
from cloud.store.views.models import moment
from contract.enrolment import PATH, AuthorityAnswer, ChallengeAnswer, EnrolRequest, IdentityAnswer, RenewRequest
from contract.errors import SettingsError

router = APIRouter(prefix=PATH, tags=["pairing"])
T = TypeVar("T")

_STATUS: Final = {
    Why.UNKNOWN: 401,
    Why.OTHER_GATE: 403,
    Why.UNENROLLED: 403,
    Why.USED: 409,
    Why.NOT_DUE: 409,
    Why.EXPIRED: 410,
    Why.BAD_REQUEST: 422,
}
_GUESSES: Final = frozenset({Why.UNKNOWN, Why.USED, Why.OTHER_GATE})
"""What counts towards being locked out."""
_AWAY: Final[dict[int | str, dict[str, Any]]] = {
    503: {"model": Problem, "description": "this cloud pairs no gates, or cannot read its authority"}
}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    **_AWAY,
    401: {"model": Problem, "description": "token or certificate is not known"},
    403: {"model": Problem, "description": "comes from another site; is for another gate; or the gate was unenrolled"},
    409: {"model": Problem, "description": "the token was used before; or a new certificate is not due"},
    410: {"model": Problem, "description": "token, certificate or challenge has run out"},
    422: {"model": Problem, "description": "the certificate request will not do"},
    429: {"model": Problem, "description": "too many failures from this address"},
}


def enrolment_of(parts: PartsOf) -> Enrolment:
    """Refuses with 503 where this cloud pairs no gates."""
    if parts.enrolment is None:
        raise HTTPException(503, "This cloud pairs no gates: enrol.folder is not set.")
    return parts.enrolment


EnrolmentOf = Annotated[Enrolment, Depends(enrolment_of)]


@router.get("/authority", responses=_AWAY)
def authority(enrolment: EnrolmentOf, parts: PartsOf) -> AuthorityAnswer:
    """Who signs certificates here. A gate compares it with the fingerprint in its token before it says anything."""
    return AuthorityAnswer(authority=_served(enrolment.authority).pem, now=moment(parts.now_ms()))


@router.post("", responses=_ANSWERS)
def enrol(wish: EnrolRequest, request: Request, enrolment: EnrolmentOf, parts: PartsOf) -> IdentityAnswer:
    """Trade a token for a certificate. The token is good once; the same request again is answered alike."""
    address = address_of(request)
    return _limited(parts, address, lambda: enrolment.enrol(wish, address))


@router.get("/challenge", responses=_AWAY)
def challenge(enrolment: EnrolmentOf, parts: PartsOf) -> ChallengeAnswer:
    """Something fresh for a gate to sign with the key of its current certificate."""
    return ChallengeAnswer(challenge=_served(enrolment.authority).challenge(parts.now_ms()))


@router.post("/renewal", responses=_ANSWERS)
def renewal(wish: RenewRequest, request: Request, enrolment: EnrolmentOf, parts: PartsOf) -> IdentityAnswer:
    """The next certificate for a gate whose current one is in the last half of its time."""
    address = address_of(request)
    return _limited(parts, address, lambda: enrolment.renew(wish, address))


def _limited(parts: Parts, address: str, step: Callable[[], T]) -> T:
    key: Key = ("pairing", address)
    attempts, now_ms = parts.pairing_attempts, parts.now_ms()
    if wait_ms := attempts.wait_ms(key, now_ms):
        wait_s = math.ceil(wait_ms / 1000)
        raise HTTPException(429, f"Too many failures. Try again in {wait_s} s.", {"Retry-After": str(wait_s)})
    try:
        return _served(step)
    except EnrolmentRefusedError as refused:
        if refused.why in _GUESSES:
            attempts.count(key, now_ms)
        raise HTTPException(_STATUS[refused.why], f"{refused.what[0].upper()}{refused.what[1:]}.") from refused


def _served(step: Callable[[], T]) -> T:
    try:
        return step()
    except SettingsError as broken:
        raise HTTPException(503, "This cloud cannot read its authority. `menshen-cloud check` says why.") from broken
