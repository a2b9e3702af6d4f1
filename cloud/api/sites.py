"""The tree of sites: which gate stands where."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from cloud.api.accounts import Site
from cloud.api.allowed import MayManageSites, MayReadBoard
from cloud.api.commands import GateName
from cloud.api.parts import REFUSALS, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.ledger.sites import ROOT, is_within, upwards
from cloud.refusals import Code
from cloud.store.accounts import note
from cloud.store.closed_gates import close_gate, closed_since, reopen_gate
from cloud.store.feed import Feed
from cloud.store.gates import is_known
from cloud.store.sites import place_gate, site_of, sites_of_gates

router = APIRouter(prefix="/api", tags=["sites"])


class SiteView(BaseModel):
    """One site, and the gates that stand there and not below it."""

    site: str = Field(description="its path; empty: gates that nobody has placed")
    gates: list[str]
    closed: list[str] = Field(default_factory=list, description="those of them that are closed for good")


class Placing(BaseModel):
    model_config = ConfigDict(extra="forbid")
    site: Site


class GateClosing(BaseModel):
    """`why` stands in the audit."""

    model_config = ConfigDict(extra="forbid")
    closed: bool
    why: Annotated[str, StringConstraints(min_length=3, max_length=200, strip_whitespace=True)]


@router.get("/sites", responses=REFUSALS)
def sites(user: MayReadBoard, parts: PartsOf) -> list[SiteView]:
    """Every site in sight at which or below which a gate stands, by path."""
    with parts.database.reading() as connection:
        stands = sites_of_gates(connection, user.site)
        closed = closed_since(connection, stands)
    seen = {above for site in stands.values() for above in upwards(site) if is_within(above, user.site)}
    tree: dict[str, list[str]] = {site: [] for site in sorted(seen | ({ROOT} & set(stands.values())))}
    for gate, site in stands.items():
        tree[site].append(gate)
    return [SiteView(site=site, gates=gates, closed=[one for one in gates if one in closed]) for site, gates in tree.items()]


@router.put("/gates/{gate}/site", responses={**REFUSALS, 404: {"model": Problem}, 409: {"model": Problem}})
def place(gate: GateName, wish: Placing, user: MayManageSites, parts: PartsOf) -> SiteView:
    """Say where a gate stands. Who may no longer see it does not see it any more at once."""
    if not is_within(wish.site, user.site):
        raise Refused(Code.BEYOND_REACH, site=user.site)
    with parts.database.writing() as connection, Feed(connection) as feed:
        if not is_known(connection, gate, user.site):
            raise Refused(Code.NO_GATE, gate=gate)
        before = site_of(connection, gate)
        place_gate(connection, feed, gate, wish.site)
        note(connection, user, "gate placed", gate, parts.now_ms(), f"{before or '-'} -> {wish.site or '-'}")
    parts.poke()
    return SiteView(site=wish.site, gates=[gate])


@router.put("/gates/{gate}/closed", status_code=204, responses={**REFUSALS, 404: {"model": Problem}})
def close(gate: GateName, wish: GateClosing, user: MayManageSites, parts: PartsOf) -> None:
    """Mark a gate as closed for good, or as an entrance again. A visit at a closed gate raises the alarm `unexpected_entry`."""
    with parts.database.writing() as connection, Feed(connection) as feed:
        if not is_known(connection, gate, user.site):
            raise Refused(Code.NO_GATE, gate=gate)
        if wish.closed:
            close_gate(connection, feed, gate, wish.why, parts.now_ms())
        else:
            reopen_gate(connection, feed, gate)
        note(connection, user, "gate closed" if wish.closed else "gate reopened", gate, parts.now_ms(), wish.why)
    parts.poke()
