"""Whether people can be told: who, and by which ways. Nothing is sent unless that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from cloud.app.now import now_ms
from cloud.escalation.post import Poster, shown
from cloud.escalation.road import NotDeliveredError
from cloud.escalation.set_up import mail_road, roads
from cloud.escalation.trial import try_ways
from cloud.ledger.contacts import Channel, Contact, Lack
from cloud.ledger.sites import ROOT
from cloud.settings import CloudSettings, MailSettings
from cloud.store.contacts import contacts_below, lacking
from cloud.store.database import Database
from cloud.store.migrate import open_database
from cloud.store.webhooks import webhooks_below
from contract.errors import MenshenError

BY: Final = "menshen-cloud check"
REMEDY: Final = "Add one on the screen: administration, contacts."


class NobodyToldError(MenshenError):
    """A site has a gate, and nobody is told of its alarms."""


class UnreachableError(MenshenError):
    """Somebody who has to be told cannot be reached now."""


def somebody_is_told(database: Database) -> str:
    """How many contacts there are, and which sites have no liaison. Raises NobodyToldError."""
    with database.reading() as connection:
        count, missing = len(contacts_below(connection)), lacking(connection)
    untold = [one for one in missing if one.nobody]
    if untold:
        raise NobodyToldError(f"nobody is told of the alarms of {_named(untold)}", where="contacts", remedy=REMEDY)
    if missing:
        raise NobodyToldError(f"there is no liaison for {_named(missing)}", where="contacts", remedy=REMEDY)
    return f"{count} contacts; every site with a gate has one, and a liaison" if count else "no gate and no contact yet"


def mail_answers(settings: MailSettings) -> str:
    """Connects, encrypts, signs in. Raises SettingsError, UnreachableError."""
    with _reaching(f"escalation.mail, {settings.host}:{settings.port}"):
        return f"{settings.host}:{settings.port} says {mail_road(settings).reach()}"


def webhooks_answer(settings: CloudSettings, database: Database) -> str:
    """Connects to each, and says nothing to it. Raises UnreachableError."""
    with database.reading() as connection:
        hooks = [one for one in webhooks_below(connection, ROOT) if one.disabled_ms is None]
    poster = Poster(settings.escalation.private_networks)
    for one in hooks:
        with _reaching(f"webhook {one.name}, {shown(one.url)}"):
            poster.reach(one.url)
    return f"{len(hooks)} answer" if hooks else "none"


def tests_arrive(settings: CloudSettings, database: Database) -> str:
    """Sends a test by every way of every contact but the broker, which knows the running cloud. Raises UnreachableError."""
    ways = roads(settings.escalation, database, NoLine(), now_ms)
    with database.reading() as connection:
        people = contacts_below(connection)
    tried = [(one.name, way) for one in people for way in try_ways(ways, one.name, _by_post(one), now_ms(), by=BY, site=one.site)]
    if failed := [f"{name} by {way.channel}: {way.answer}" for name, way in tried if not way.taken]:
        raise UnreachableError("; ".join(failed), where="contacts", remedy="Look at the address and the way.")
    return f"{len(tried)} tests were taken" if tried else "there is nobody to send one to"


def _by_post(one: Contact) -> dict[Channel, str]:
    return {channel: address for channel, address in one.ways.items() if channel is not Channel.MQTT}


class NoLine:
    """Stands where the broker's line would."""

    def publish(self, address: str, body: str, wait_s: float) -> bool:  # noqa: ARG002  the verb of a line
        return False


@contextmanager
def _reaching(where: str) -> Iterator[None]:
    try:
        yield
    except NotDeliveredError as away:
        raise UnreachableError(away.what, where=where, remedy="Check address, port, TLS and password.") from away


@contextmanager
def ledger_of(settings: CloudSettings) -> Iterator[Database]:
    database = open_database(settings.ledger.url)
    try:
        yield database
    finally:
        database.close()


def _named(missing: list[Lack]) -> str:
    return ", ".join(one.site or "the gates that stand at no site" for one in missing)
