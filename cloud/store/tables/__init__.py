"""The ledger's tables. Times are UTC milliseconds since 1970 (`_ms`); JSON stands as text written by the contract's models.

`feed` numbers the changes of what a screen shows: a row carries the number of its last change, so "what has changed since
N" is one indexed question, and a screen that was away gets each row once, as it is now.
"""

from cloud.store.tables.access import account, api_token, audit, gate_certificate, invitation, session
from cloud.store.tables.alarms import alarm, alarm_move, notice
from cloud.store.tables.base import METADATA
from cloud.store.tables.canteen import canteen_slot
from cloud.store.tables.cases import case_entry, questionnaire, recheck_case
from cloud.store.tables.chain import chain, chain_head, feed, signed_head
from cloud.store.tables.events import boot_clock, data_gap, dead_letter, dropped, event, numbering, series_outbox
from cloud.store.tables.facility import asset, facility_entry, round_photo
from cloud.store.tables.levels import level_entry, level_point
from cloud.store.tables.passes import appointment, badge, reception
from cloud.store.tables.readings import newest_reading, uvc_run
from cloud.store.tables.removed import removal, removed_link, removed_run, removed_to
from cloud.store.tables.reports import report
from cloud.store.tables.staff import roster, rota, staff, staff_entry
from cloud.store.tables.supplies import supply, supply_entry
from cloud.store.tables.telling import contact, kept_key, push_device, webhook
from cloud.store.tables.visits import closed_gate, gate, gate_site, visit, visit_revision

__all__ = [
    "METADATA",
    "account",
    "alarm",
    "alarm_move",
    "api_token",
    "appointment",
    "asset",
    "audit",
    "badge",
    "boot_clock",
    "canteen_slot",
    "case_entry",
    "chain",
    "chain_head",
    "closed_gate",
    "contact",
    "data_gap",
    "dead_letter",
    "dropped",
    "event",
    "facility_entry",
    "feed",
    "gate",
    "gate_certificate",
    "gate_site",
    "invitation",
    "kept_key",
    "level_entry",
    "level_point",
    "newest_reading",
    "notice",
    "numbering",
    "push_device",
    "questionnaire",
    "reception",
    "recheck_case",
    "removal",
    "removed_link",
    "removed_run",
    "removed_to",
    "report",
    "roster",
    "rota",
    "round_photo",
    "series_outbox",
    "session",
    "signed_head",
    "staff",
    "staff_entry",
    "supply",
    "supply_entry",
    "uvc_run",
    "visit",
    "visit_revision",
    "webhook",
]
