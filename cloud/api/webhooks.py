"""Webhooks: addresses of other programs that are told of alarms, cases and reports as they happen."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from cloud.api.accounts import REFUSED, Site
from cloud.api.allowed import MayManageWebhooks
from cloud.api.contacts import TriedView
from cloud.api.parts import REFUSALS, PartsOf
from cloud.api.refused import Refused
from cloud.escalation.trial import try_ways
from cloud.ledger.accounts import NAME
from cloud.ledger.contacts import Channel
from cloud.ledger.sites import ROOT, is_within
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.views.models import moment, moment_or_none
from cloud.store.webhooks import (
    HookEvent,
    Webhook,
    disable_webhook,
    enable_webhook,
    keep_webhook,
    remove_webhook,
    webhook_named,
    webhooks_below,
)

router = APIRouter(prefix="/api/webhooks", tags=["webhooks"])
Name = Annotated[str, Path(pattern=f"^{NAME}$", examples=["bridge"])]


class NewWebhook(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(pattern=f"^{NAME}$")
    url: str = Field(
        pattern=r"^https://[^\s#@/?]+(/[^\s#]*)?$", max_length=500, description="https only; no redirection is followed"
    )
    site: Site = ROOT
    events: list[HookEvent] = Field([], max_length=3, description="told as they happen; empty: only what contacts are told by it")


class WebhookChange(BaseModel):
    model_config = ConfigDict(extra="forbid")
    disabled: bool


class WebhookView(BaseModel):
    name: str
    url: str = Field(description="without its query, which may hold a token")
    site: str
    events: list[HookEvent]
    made_by: str
    made: datetime
    failures: int = Field(description="failed deliveries since the last that was taken; 20 disable it")
    last: datetime | None = Field(description="when it was last tried")
    answer: str = Field(description="what became of that")
    disabled: datetime | None
    disabled_why: str = Field(description="empty where an administrator did it")

    @classmethod
    def of(cls, one: Webhook) -> WebhookView:
        told = {"name": one.name, "url": one.url.partition("?")[0], "site": one.site, "made_by": one.made_by}
        state = {"failures": one.failures, "answer": one.last_answer, "disabled_why": one.disabled_why}
        times = {"last": moment_or_none(one.last_ms), "disabled": moment_or_none(one.disabled_ms)}
        return cls(**told, **state, **times, made=moment(one.made_ms), events=[HookEvent(event) for event in one.events.split()])


class MadeWebhook(WebhookView):
    secret: str = Field(description="what its requests are signed with; shown this once")


@router.get("", responses=REFUSALS)
def webhooks(user: MayManageWebhooks, parts: PartsOf) -> list[WebhookView]:
    """Every webhook at the own site and below, with its last delivery."""
    with parts.database.reading() as connection:
        return [WebhookView.of(one) for one in webhooks_below(connection, user.site)]


@router.post("", status_code=201, responses=REFUSED)
def add(wish: NewWebhook, user: MayManageWebhooks, parts: PartsOf) -> MadeWebhook:
    """Make a webhook. It is told of what happens from now on."""
    if not is_within(wish.site, user.site):
        raise Refused(Code.BEYOND_REACH, site=user.site)
    now_ms, secret = parts.now_ms(), secrets.token_urlsafe(32)
    events = " ".join(sorted(set(wish.events)))
    made = Webhook(wish.name, wish.site, wish.url, secret, events, user.user, now_ms, now_ms)
    with parts.database.writing() as connection:
        if webhook_named(connection, wish.name) is not None:
            raise Refused(Code.NAME_TAKEN, name=wish.name)
        keep_webhook(connection, made)
        detail = f"{wish.site or 'every site'}: {events or 'contacts only'}, {WebhookView.of(made).url}"
        note(connection, user, "webhook added", wish.name, now_ms, detail[:200])
    return MadeWebhook(**WebhookView.of(made).model_dump(), secret=secret)


@router.patch("/{name}", responses=REFUSED)
def change(name: Name, wish: WebhookChange, user: MayManageWebhooks, parts: PartsOf) -> WebhookView:
    """Disable it, or enable it again: it is told of what happens from then on."""
    now_ms = parts.now_ms()
    with parts.database.writing() as connection:
        _in_reach(connection, name, user)
        if wish.disabled:
            disable_webhook(connection, name, now_ms)
        else:
            enable_webhook(connection, name, now_ms)
        note(connection, user, "webhook disabled" if wish.disabled else "webhook enabled", name, now_ms)
        return WebhookView.of(_in_reach(connection, name, user))


@router.delete("/{name}", status_code=204, responses=REFUSED)
def remove(name: Name, user: MayManageWebhooks, parts: PartsOf) -> None:
    """It is told nothing more, and its secret is gone."""
    with parts.database.writing() as connection:
        _in_reach(connection, name, user)
        remove_webhook(connection, name)
        note(connection, user, "webhook removed", name, parts.now_ms())


@router.post("/{name}/test", responses=REFUSED)
def test(name: Name, user: MayManageWebhooks, parts: PartsOf) -> TriedView:
    """Send it a test, and say what it answered."""
    with parts.database.writing() as connection:
        hook = _in_reach(connection, name, user)
        note(connection, user, "webhook tested", name, parts.now_ms())
    tried = try_ways(parts.roads, name, {Channel.WEBHOOK: name}, parts.now_ms(), by=user.user, site=hook.site)
    return TriedView.of(tried[0])


def _in_reach(connection: Connection, name: str, user: User) -> Webhook:
    known = webhook_named(connection, name)
    if known is None or not is_within(known.site, user.site):
        raise Refused(Code.NO_WEBHOOK, name=name)
    return known
