"""Who may do what: one table of roles and permissions. What stands in no row is refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is here for."""

    GUARD = "guard"
    FACILITIES = "facilities"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"
    """Reads everything, changes nothing."""
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One thing that a route lets somebody do."""

    SELF = "self"
    """One's own session and password."""
    BOARD_READ = "board.read"
    """Gates and alarms as they are now, and the figures of alarms."""
    PEOPLE_READ = "people.read"
    """Visits and cases: what concerns single persons."""
    SERIES_READ = "series.read"
    ALARMS_ACT = "alarms.act"
    """Acknowledge and shelve alarms, take cases."""
    CASES_WORK = "cases.work"
    """Second reading, questions, report, and the end of a case."""
    QUESTIONS_CHANGE = "questions.change"
    """What is asked in the recheck area."""
    ALARMS_OUT_OF_SERVICE = "alarms.out_of_service"
    GATES_COMMAND = "gates.command"
    GATES_LOOK = "gates.look"
    """See what a gate's camera sees, faces pixelated, for a minute."""
    APPOINTMENTS_MAKE = "appointments.make"
    """Appointments of visitors: make them for a caller, see, print and cancel them."""
    BADGES_MANAGE = "badges.manage"
    """Issue badges to staff, and revoke them."""
    AUDIT_READ = "audit.read"
    STAFF_READ = "staff.read"
    """Who is on duty, by name, and what they have to do."""
    STAFF_ENTER = "staff.enter"
    """Readings, masks and gloves of staff by hand."""
    STAFF_MANAGE = "staff.manage"
    """Register, roster, rota and absences."""
    STAFF_DECLARATIONS = "staff.declarations"
    """What members of staff say about their travel and contacts."""
    ROUNDS_READ = "rounds.read"
    """Disinfection rounds, meetings and locked areas."""
    ROUNDS_ENTER = "rounds.enter"
    """Make rounds, and enter meetings."""
    ROUNDS_MANAGE = "rounds.manage"
    """What is to be disinfected, how often and by whom; its tags; notices of confirmed cases and what ends them."""
    SUPPLIES_READ = "supplies.read"
    """Stocks and their books."""
    SUPPLIES_ENTER = "supplies.enter"
    """Write into a book: what came, went, or was counted."""
    SUPPLIES_MANAGE = "supplies.manage"
    """What is kept, and its minimum."""
    EXPORT = "export"
    """Take reports and lists away as files; of what one may read."""
    SITES_MANAGE = "sites.manage"
    ACCOUNTS_MANAGE = "accounts.manage"
    TOKENS_MANAGE = "tokens.manage"
    CONTACTS_MANAGE = "contacts.manage"
    """Who is told of what, and who owns what nobody has taken."""
    WEBHOOKS_MANAGE = "webhooks.manage"


_READS: Final = frozenset({Permission.SELF, Permission.BOARD_READ, Permission.SERIES_READ})
_GUARDS: Final = _READS | {
    Permission.PEOPLE_READ,
    Permission.ALARMS_ACT,
    Permission.CASES_WORK,
    Permission.GATES_COMMAND,
    Permission.GATES_LOOK,
    Permission.APPOINTMENTS_MAKE,
    Permission.STAFF_READ,
    Permission.STAFF_ENTER,
    Permission.ROUNDS_READ,
    Permission.SUPPLIES_READ,
}
_SUPERVISES: Final = _GUARDS | {
    Permission.ALARMS_OUT_OF_SERVICE,
    Permission.QUESTIONS_CHANGE,
    Permission.EXPORT,
    Permission.STAFF_MANAGE,
    Permission.STAFF_DECLARATIONS,
    Permission.BADGES_MANAGE,
    Permission.ROUNDS_ENTER,
    Permission.ROUNDS_MANAGE,
    Permission.SUPPLIES_ENTER,
    Permission.SUPPLIES_MANAGE,
}
_MANAGES: Final = frozenset(
    {
        Permission.SITES_MANAGE,
        Permission.ACCOUNTS_MANAGE,
        Permission.TOKENS_MANAGE,
        Permission.CONTACTS_MANAGE,
        Permission.WEBHOOKS_MANAGE,
    }
)

GRANTS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.GUARD: _GUARDS,
    Role.FACILITIES: _READS
    | {Permission.ROUNDS_READ, Permission.ROUNDS_ENTER, Permission.SUPPLIES_READ, Permission.SUPPLIES_ENTER},
    Role.SUPERVISOR: _SUPERVISES,
    Role.INSPECTOR: _READS
    | {
        Permission.PEOPLE_READ,
        Permission.AUDIT_READ,
        Permission.EXPORT,
        Permission.STAFF_READ,
        Permission.ROUNDS_READ,
        Permission.SUPPLIES_READ,
    },
    Role.ADMINISTRATOR: _SUPERVISES | _MANAGES | {Permission.AUDIT_READ},
}

FOR_PEOPLE: Final = _MANAGES | {Permission.SELF, Permission.BADGES_MANAGE, Permission.GATES_LOOK}
"""What no program may do, whatever its token's role."""


def granted(role: str) -> frozenset[Permission]:
    """What the role may; a role that nobody knows may nothing."""
    return GRANTS[Role(role)] if role in GRANTS else frozenset()


def may(role: str, permission: Permission) -> bool:
    """Whether the role has the permission."""
    return permission in granted(role)
