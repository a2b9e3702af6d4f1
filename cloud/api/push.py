"""Web pushes to one's own browsers: which get them, a test, and the receipt of what was shown."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self
from urllib.parse import urlsplit

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from cloud.api.accounts import REFUSED
from cloud.api.allowed import Oneself
from cloud.api.contacts import TriedView
from cloud.api.parts import REFUSALS, Parts, PartsOf
from cloud.api.refused import Refused
from cloud.escalation.push import PushRoad
from cloud.escalation.sealed_push import decoded, sealed
from cloud.escalation.trial import try_ways
from cloud.ledger.contacts import Channel
from cloud.refusals import Code
from cloud.store.accounts import note
from cloud.store.notices import is_receipt, note_shown
from cloud.store.push import Device, devices_of, keep_device, remove_device
from cloud.store.sessions import sha256_of
from cloud.store.views.models import moment, moment_or_none

router = APIRouter(prefix="/api/push", tags=["push"])
Number = Annotated[int, Path(ge=1, le=2**62, examples=[1])]


class Keys(BaseModel):
    """The browser's key and secret, base64url."""

    model_config = ConfigDict(extra="forbid")
    p256dh: str = Field(pattern=r"^[A-Za-z0-9_-]{87}=?$")
    auth: str = Field(pattern=r"^[A-Za-z0-9_-]{22}(==)?$")

    @model_validator(mode="after")
    def _fit(self) -> Self:
        sealed(b"", decoded(self.p256dh.rstrip("=")), decoded(self.auth.rstrip("=")))
        return self


class Subscription(BaseModel):
    """As `PushSubscription.toJSON()` has it."""

    model_config = ConfigDict(extra="ignore")
    endpoint: str = Field(max_length=1000)
    keys: Keys

    @field_validator("endpoint")
    @classmethod
    def _is_https(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or any(one.isspace() for one in url):
            raise ValueError("an endpoint is an https address")
        return url


class DeviceView(BaseModel):
    number: int
    service: str = Field(description="the push service of this browser")
    endpoint_sha256: str = Field(description="by which a browser knows itself")
    made: datetime
    accepted: datetime | None = Field(description="when its push service last took something for it")

    @classmethod
    def of(cls, one: Device) -> DeviceView:
        service, times = (
            str(urlsplit(one.endpoint).hostname),
            {"made": moment(one.made_ms), "accepted": moment_or_none(one.accepted_ms)},
        )
        return cls(number=one.number, service=service, endpoint_sha256=sha256_of(one.endpoint), **times)


class PushView(BaseModel):
    key: str | None = Field(description="what a browser subscribes with; null: this cloud sends no web pushes")
    devices: list[DeviceView]


class Receipt(BaseModel):
    model_config = ConfigDict(extra="forbid")
    receipt: str = Field(min_length=1, max_length=100)


@router.get("", responses=REFUSALS)
def push(user: Oneself, parts: PartsOf) -> PushView:
    """The key of this cloud, and one's own browsers that get web pushes."""
    return _view(user.user, parts)


@router.post("", status_code=201, responses=REFUSED)
def subscribe(wish: Subscription, user: Oneself, parts: PartsOf) -> PushView:
    """One more browser gets web pushes: of what the contact with this account is told."""
    if _key(parts) is None:
        raise Refused(Code.NO_PUSHES)
    keys = (wish.keys.p256dh.rstrip("="), wish.keys.auth.rstrip("="))
    with parts.database.writing() as connection:
        keep_device(connection, user.user, wish.endpoint, keys, parts.now_ms())
        note(connection, user, "push device added", user.user, parts.now_ms(), str(urlsplit(wish.endpoint).hostname)[:200])
    return _view(user.user, parts)


@router.delete("/{number}", status_code=204, responses=REFUSED)
def unsubscribe(number: Number, user: Oneself, parts: PartsOf) -> None:
    """It gets none any more."""
    with parts.database.writing() as connection:
        if number not in {one.number for one in devices_of(connection, user.user)}:
            raise Refused(Code.NO_DEVICE, number=number)
        remove_device(connection, number)
        note(connection, user, "push device removed", user.user, parts.now_ms())


@router.post("/test", responses=REFUSALS)
def test(user: Oneself, parts: PartsOf) -> TriedView:
    """Send a test to all of one's own browsers."""
    with parts.database.writing() as connection:
        note(connection, user, "push tested", user.user, parts.now_ms())
    tried = try_ways(parts.roads, user.user, {Channel.PUSH: user.user}, parts.now_ms(), by=user.user, site=user.site)
    return TriedView.of(tried[0])


@router.post("/receipt", status_code=204)
def receipt(said: Receipt, parts: PartsOf) -> None:
    """A browser has shown what came with this token. Needs no sign-in, and says nothing about the token."""
    token = sha256_of(said.receipt)
    with parts.database.reading() as connection:
        known = is_receipt(connection, token)
    if known:  # strangers make nobody wait for a turn to write
        with parts.database.writing() as connection:
            note_shown(connection, token, parts.now_ms())


def _key(parts: Parts) -> str | None:
    road = parts.roads.get(Channel.PUSH)
    return road.public_key if isinstance(road, PushRoad) else None


def _view(user: str, parts: Parts) -> PushView:
    with parts.database.reading() as connection:
        devices = [DeviceView.of(one) for one in devices_of(connection, user)]
    return PushView(key=_key(parts), devices=devices)
