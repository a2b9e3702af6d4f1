"""A network thermal camera of the Hikvision family, asked for one picture of temperatures after the other."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from edge.errors import SourceError
from edge.vision.thermal.isapi.client import IsapiClient
from edge.vision.thermal.isapi.complaints import complaint
from edge.vision.thermal.isapi.identity import PICTURE, identify
from edge.vision.thermal.isapi.lockout import Lockout
from edge.vision.thermal.isapi.pace import Pace
from edge.vision.thermal.isapi.picture import picture_of
from edge.vision.thermal.isapi.refusals import PasswordRefusedError
from edge.vision.thermal.lepton.newest import Newest
from edge.vision.thermal.melexis.centikelvin import counts_of
from edge.vision.thermal.shutter_watch import ShutterWatch, Sight
from edge.vision.thermal.source import RawThermal

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.clock import Clock
    from edge.config.sources import IsapiThermal
    from edge.vision.thermal.arrivals import Arrivals
    from edge.vision.thermal.lepton.newest import Arrival

WAIT_S: Final = 0.2
SHUTTER_S: Final = 4.0
SILENT_S: Final = 6.0
_REMEDY: Final = "Look at the camera's own page: temperatures of the whole picture, degrees Celsius, no other program at it."
_LOCKOUT: Final = Lockout()
"""The only thing that outlives a camera that was opened in vain."""

log = logging.getLogger(__name__)


class IsapiReader:
    """Asks for pictures, `period_s` from one request to the next. What refused it is kept in `refused`."""

    def __init__(self, client: IsapiClient, path: str, period_s: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self.refused: SourceError | None = None
        self._client, self._path, self._period_s, self._sleep = client, path, period_s, sleep
        self._due_s = time.monotonic()

    def read(self) -> bytes | None:
        self._sleep(max(0.0, self._due_s - time.monotonic()))
        self._due_s = max(self._due_s + self._period_s, time.monotonic())
        try:
            return self._client.get(self._path)
        except SourceError as refused:
            self.refused = refused
            return None

    def close(self) -> None:
        self._client.close()


class IsapiSource:
    """Opened by making it. Raises SourceError with place and remedy.

    `why` tells what ended the reading, once `arrivals.gone`.
    """

    replay = False

    def __init__(
        self,
        config: IsapiThermal,
        clock: Clock,
        arrivals: Arrivals,
        why: Callable[[], SourceError | None] = lambda: None,
        serial: str | None = None,
    ) -> None:
        self.serial = serial
        self._config, self._clock, self._arrivals, self._why = config, clock, arrivals, why
        self._arrived_s = clock.monotonic_s()
        # Asked oftener than it has new pictures it repeats them; and a slow network is no shutter.
        self._watch = ShutterWatch(self._arrived_s, frozen_s=float("inf"), gap_s=float("inf"))
        self._pace = Pace(config.url)
        self._picture: RawThermal | None = None

    def read(self) -> RawThermal | None:
        """The next picture; None where none came within WAIT_S, or the one before came again. Raises SourceError."""
        arrival = self._arrivals.take(WAIT_S)
        if arrival is not None:
            return self._of(arrival)
        if self._arrivals.gone:
            raise self._why() or SourceError("the camera stopped giving pictures", where=self._config.url, remedy=_REMEDY)
        self._refuse_silence()
        return None

    def close(self) -> None:
        self._arrivals.close()

    def _of(self, arrival: Arrival) -> RawThermal | None:
        try:
            picture = picture_of(arrival.data)
        except ValueError as broken:
            raise SourceError(f"the answer is no picture: {broken}", where=self._config.url, remedy=_REMEDY) from broken
        wrong = complaint(picture.celsius, self._config.rows, self._config.cols)
        if wrong is not None:
            raise SourceError(wrong, where=self._config.url, remedy=_REMEDY)
        counts = counts_of(picture.celsius, self._config.rows, self._config.cols)
        match self._watch.see(counts, arrival.at_s, closed=picture.frozen):
            case Sight.NEW:
                self._arrived_s = arrival.at_s
                self._pace.new(arrival.at_s)
                taken_s = arrival.at_s - self._config.latency_s
                self._picture = RawThermal(counts, taken_s, self._watch.age_s(arrival.at_s))
                return self._picture
            case Sight.REPEATED:
                self._refuse_silence()
                return None
            case Sight.SHUT:
                self._refuse_silence()
                return self._standing(arrival.at_s)

    def _standing(self, now_s: float) -> RawThermal | None:
        if self._picture is None or now_s - self._arrived_s > SHUTTER_S:
            return None
        return replace(self._picture, taken_s=now_s - self._config.latency_s, ffc_age_s=0.0)

    def _refuse_silence(self) -> None:
        if self._clock.monotonic_s() - self._arrived_s > SILENT_S:
            what = f"no new picture for {SILENT_S:.0f} s: the camera answers late, or with one and the same picture"
            raise SourceError(what, where=self._config.url, remedy=_REMEDY)


def open_isapi(config: IsapiThermal, clock: Clock, lockout: Lockout = _LOCKOUT) -> IsapiSource:
    """The camera at `thermal.url`: who it is, then its pictures. Raises SourceError."""
    password = _password(config)
    locked = lockout.refused(config.url, config.user, password, clock.monotonic_s())
    if locked is not None:
        raise locked
    client = IsapiClient(config.url, config.user, password)
    try:
        found = identify(client.get, config.channel, config.url)
    except SourceError as refused:
        client.close()
        if isinstance(refused, PasswordRefusedError):
            lockout.remember(config.url, config.user, password, clock.monotonic_s(), refused)
        raise
    log.info("%s, firmware %s, serial %s, at %s", found.model, found.firmware, found.serial, config.url)
    reader = IsapiReader(client, PICTURE.format(channel=config.channel), config.period_s)
    return IsapiSource(config, clock, Newest(reader, clock), lambda: reader.refused, found.serial or None)


def _password(config: IsapiThermal) -> str:
    where = f"thermal.password_file: {config.password_file}"
    try:
        password = config.password_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        remedy = "Write the camera's password into it, readable by the gate only (chmod 600)."
        raise SourceError(f"the password file cannot be read ({unreadable})", where=where, remedy=remedy) from unreadable
    if not password:
        raise SourceError("the password file is empty", where=where, remedy="Write the camera's password into it.")
    return password
