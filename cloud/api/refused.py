"""How a refusal is told: an English sentence for people, a code and its values for screens and programs."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import HTTPException, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError

from cloud.refusals import Code, RefusedError, Value

log = logging.getLogger(__name__)


class Refused(HTTPException):
    """Raised by a route; `values` fill the places of the code's sentence. With `wait_s` the answer says when to try again."""

    def __init__(self, code: Code, /, **values: Value) -> None:
        again = {"Retry-After": str(values["wait_s"])} if "wait_s" in values else None
        super().__init__(code.status, code.said(values), again)
        self.code, self.values = code, values

    @classmethod
    def of(cls, refused: RefusedError) -> Refused:
        """What was refused further down."""
        return cls(refused.code, **refused.values)


def body(code: Code, values: Mapping[str, Value]) -> dict[str, object]:
    """What is sent of a refusal (`cloud.api.parts.Problem`)."""
    return {"detail": code.said(values), "code": code.code, "values": dict(values)}


def answered(_request: Request, refused: Exception) -> Response:
    """The answer to what a route refuses."""
    assert isinstance(refused, Refused)
    return JSONResponse(body(refused.code, refused.values), refused.status_code, refused.headers)


def invalid(_request: Request, wrong: Exception) -> Response:
    """The answer to what does not fit the description of a route: `detail` lists every fault, as FastAPI does."""
    assert isinstance(wrong, RequestValidationError)
    faults = jsonable_encoder(wrong.errors())
    fields = sorted({".".join(str(part) for part in fault["loc"]) for fault in faults})
    return JSONResponse(body(Code.INVALID, {"field": fields}) | {"detail": faults}, Code.INVALID.status)


def ledger_away(_request: Request, away: Exception) -> Response:
    """A ledger that is away, locked or full is a state for whoever asks, not a fault of the question."""
    assert isinstance(away, OperationalError)
    log.warning("a request found no ledger: %s", away.orig)
    return JSONResponse(body(Code.LEDGER_AWAY, {}), Code.LEDGER_AWAY.status, {"Retry-After": "5"})
