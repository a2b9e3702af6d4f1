"""One believed device: what it says becomes readings, and its silence becomes a named trouble. No clock, no connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from edge.config.quantities import QUANTITIES, convert, possible
from edge.config.sensors import LocalMqttConfig, MqttSensor
from edge.sensors.local_mqtt.dialects import dialect, last_part
from edge.sensors.local_mqtt.said import Available, BridgeThere, Described, Listed, Misplaced, Said, Told, Wrong
from edge.sensors.local_mqtt.words import CLASSES, Word
from edge.sensors.reading import Reading, Trouble

YES_OR_NO: Final = frozenset({"contact", "motion"})
"""A change of these is told at once."""
AGAIN_S: Final = 300.0
"""A trouble that lasts is told again so often: a cloud that came later has to learn of it."""
STARTING_S: Final = 60.0
"""After a bridge has started it says again what it remembers, without saying that it is old (`cache_state_send_on_startup`)."""
AWAY_S: Final = 10.0
"""A broker that is back sooner was hardly away."""
MOST_KEYS: Final = 64
"""Of one device are remembered; a node that makes up more gains nothing."""


@dataclass(slots=True)
class _Quantity:
    """What is known of one quantity. `waiting`: heard and not told on yet, because it would be too often."""

    heard_s: float | None = None
    told_s: float = float("-inf")
    told: tuple[float | None, Trouble | None] | None = None
    waiting: Reading | None = None


class Device:
    """`take` every message of its topics, `due` every round; both return readings to be told on.

    Attributes:
        topics: to ask the broker for.
        old, wrong: messages that were no news, and that could not be understood.
        unnamed: keys of values that are none of the device's quantities, the first few.
    """

    def __init__(self, told: MqttSensor, broker: LocalMqttConfig, now_s: float) -> None:
        self.name, self._told, self._begun_s = told.name, told, now_s
        self._dialect = dialect(told, broker)
        self._keys = {key: quantity for quantity, key in told.keys.items()}
        self._described: dict[str, Described] = {}
        self._sources: dict[str, set[str]] = {quantity: set() for quantity in told.quantities}
        self._known = {quantity: _Quantity() for quantity in told.quantities}
        self._there: bool | None = None
        self._bridge: bool | None = None
        self._bridge_begun_s: float | None = None
        self._listed: bool | None = None
        self._misplaced = ""
        self._away_s: float | None = None
        self.old = self.wrong = 0
        self.unnamed: set[str] = set()

    @property
    def topics(self) -> tuple[str, ...]:
        return self._dialect.topics

    @property
    def misplaced(self) -> str:
        """Which setting of the device makes it speak where nobody listens; empty where none does."""
        return self._misplaced

    def connected(self) -> None:
        """The broker is there again; what devices said of themselves is said anew."""
        self._away_s, self._there, self._bridge = None, None, None

    def lost(self, now_s: float) -> None:
        """Nothing can be heard from now on."""
        if self._away_s is None:
            self._away_s = now_s

    def take(self, topic: str, body: bytes, *, retained: bool, now_s: float, wall_ms: int) -> list[Reading]:
        """What one message says. A value that was kept by broker or bridge is no news: nobody knows when it was true."""
        told = [self._fact(said, retained=retained, now_s=now_s) for said in self._dialect.read(topic, body)]
        values = [one for one in told if one is not None and self._is_new(one, retained=retained, now_s=now_s, wall_ms=wall_ms)]
        return [made for one in self._named(values, now_s) if (made := self._news(one, now_s)) is not None]

    def due(self, now_s: float) -> list[Reading]:
        """What has waited long enough, and what is in trouble."""
        return [made for quantity in self._known if (made := self._due(quantity, now_s)) is not None]

    def _fact(self, said: Said, *, retained: bool, now_s: float) -> Told | None:
        """Values are handed back; everything else is remembered."""
        match said:
            case Told():
                return said
            case Available(there=there):
                self._there = there
            case BridgeThere(there=there):
                if there and not retained:
                    self._bridge_begun_s = now_s
                self._bridge = there
            case Described(key=key):
                if key in self._described or len(self._described) < MOST_KEYS:
                    self._described[key] = said
            case Listed(known=known):
                self._listed = known
            case Misplaced(why=why):
                self._misplaced = why
            case Wrong():
                self.wrong += 1
        return None

    def _is_new(self, told: Told, *, retained: bool, now_s: float, wall_ms: int) -> bool:
        if told.heard_ms is not None:
            new = not retained and wall_ms - told.heard_ms <= self._told.fresh_s * 1000
        else:
            begun_s = self._bridge_begun_s
            new = not retained and (begun_s is None or now_s - begun_s > STARTING_S)
        self.old += not new
        return new

    def _named(self, values: list[Told], now_s: float) -> list[Reading]:
        """Readings of what was asked for. Two keys for one quantity are told as that, never one of them by chance."""
        found: list[tuple[str, Told, Word]] = []
        for told in values:
            meant = self._meant(told)
            if meant is None:
                if len(self.unnamed) < MOST_KEYS:
                    self.unnamed.add(told.key[:64])
                continue
            if len(self._sources[meant.quantity]) < MOST_KEYS:
                self._sources[meant.quantity].add(told.key)
            found.append((meant.quantity, told, meant))
        return [self._reading(quantity, told, meant, now_s) for quantity, told, meant in found]

    def _meant(self, told: Told) -> Word | None:
        described = self._described.get(told.key)
        by_class = CLASSES.get(described.device_class) if described is not None else None
        word = by_class or self._dialect.words.get(last_part(told.key))
        named = self._keys.get(told.key)
        if named is not None:
            return Word(named, word.unit, word.inverted) if word is not None and word.quantity == named else Word(named)
        if word is None or word.quantity not in self._known or word.quantity in self._told.keys:
            return None
        return word

    def _reading(self, quantity: str, told: Told, meant: Word, now_s: float) -> Reading:
        if len(self._sources[quantity]) > 1:
            return Reading(self.name, quantity, None, Trouble.AMBIGUOUS, now_s)
        described = self._described.get(told.key)
        unit = told.unit or (described.unit if described is not None else "") or meant.unit
        value = 1.0 - told.value if meant.inverted and told.value is not None else told.value
        return Reading.of(self.name, quantity, _judged(quantity, value, unit), now_s)

    def _news(self, made: Reading, now_s: float) -> Reading | None:
        self._there = self._bridge = True  # whoever speaks is there, whatever was said of it before
        known = self._known[made.quantity]
        known.heard_s, known.waiting = now_s, made
        changed = known.told is None or (made.trouble is not known.told[1])
        flipped = made.quantity in YES_OR_NO and known.told != (made.value, made.trouble)
        if changed or flipped or now_s - known.told_s >= self._told.every_s:
            return self._tell(known, made, now_s)
        return None

    def _due(self, quantity: str, now_s: float) -> Reading | None:
        known = self._known[quantity]
        trouble = self._trouble(known, now_s)
        if trouble is not None:
            known.waiting = None
            if known.told == (None, trouble) and now_s - known.told_s < AGAIN_S:
                return None
            return self._tell(known, Reading(self.name, quantity, None, trouble, now_s), now_s)
        if known.waiting is not None and now_s - known.told_s >= self._told.every_s:
            return self._tell(known, known.waiting, now_s)
        return None

    def _trouble(self, known: _Quantity, now_s: float) -> Trouble | None:
        """Why nothing is known of it now, the nearest reason first; None while there is news, or may still come."""
        if self._away_s is not None and now_s - self._away_s > AWAY_S:
            return Trouble.BROKER_AWAY
        if self._bridge is False:
            return Trouble.BRIDGE_OFFLINE
        if self._there is False:
            return Trouble.OFFLINE
        since_s = self._begun_s if known.heard_s is None else known.heard_s
        if now_s - since_s <= self._told.fresh_s:
            return None
        if self._listed is False:
            return Trouble.UNKNOWN_DEVICE
        return Trouble.ELSEWHERE if self._misplaced else Trouble.STALE

    def _tell(self, known: _Quantity, made: Reading, now_s: float) -> Reading:
        known.told, known.told_s, known.waiting = (made.value, made.trouble), now_s, None
        return made


def _judged(quantity: str, said: float | None, unit: str) -> float | Trouble:
    """In the right unit; a value that cannot be is a trouble, not the nearest that can."""
    if said is None:
        return Trouble.NOT_MEASURED
    # A count, a contact and motion have no unit: what a device writes beside them is a word for people.
    value = convert(quantity, said, unit if QUANTITIES[quantity].unit else "")
    if value is None:
        return Trouble.WRONG_UNIT
    return value if possible(quantity, value) else Trouble.OUT_OF_RANGE
