"""An MLX90640 on an I2C bus of this machine: 32x24 pixels, two sub-pages a picture."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.errors import SourceError
from edge.vision.thermal.linux_bus import open_i2c
from edge.vision.thermal.melexis.centikelvin import counts_of
from edge.vision.thermal.melexis.die_settling import DieSettling
from edge.vision.thermal.melexis.halves import Halves
from edge.vision.thermal.melexis.mlx90640_decoder import Mlx90640Decoder
from edge.vision.thermal.melexis.mlx90640_deviating import MEANING, ReturnCode
from edge.vision.thermal.melexis.mlx90640_frame import RAM_WORDS, Frame, frame_code
from edge.vision.thermal.melexis.mlx90640_parameters import EEPROM_WORDS, restore
from edge.vision.thermal.melexis.mlx90640_pixels import COLS, PIXELS, ROWS
from edge.vision.thermal.melexis.mlx90640_replacement import replace
from edge.vision.thermal.melexis.registers import (
    CHESS,
    CLEAR_STATUS,
    CONTROL,
    EEPROM,
    LAST_SUBPAGE,
    NEW_DATA,
    RAM,
    STATUS,
    control_word,
    set_control,
)
from edge.vision.thermal.melexis.word_bus import WordBus
from edge.vision.thermal.source import RawThermal

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.buses.i2c import I2c
    from edge.clock import Clock
    from edge.config.sources import Mlx90640Thermal
    from edge.vision.thermal.melexis.mlx90640_decoder import Conditions
    from edge.vision.thermal.melexis.mlx90640_parameters import Parameters

APPARENT: Final = 1.0
"""Emissivity: counts are apparent temperatures, as those of every thermal source; what skin reflects is taken off later."""
MOST_SPOILT: Final = 8
"""So many sub-pages in a row that cannot be used, and the source is given up."""
SILENT_S: Final = 2.0
_SUPPLY_V: Final = (2.6, 4.0)
_DIE_C: Final = (-45.0, 105.0)
_TOLD_EVERY_S: Final = 60.0
_SLOW_BUS: Final = (
    "Give the bus 400 kHz or more (Raspberry Pi: dtparam=i2c_arm_baudrate=1000000), or choose a lower thermal.refresh_hz."
)
_WIRES: Final = "Check its wires, shorten them, and check its supply of 3.3 V."

log = logging.getLogger(__name__)


class Mlx90640Source:
    """Opened by making it: who answers is asked for its EEPROM and set to rate and resolution. Raises SourceError.

    A picture is given when both its halves followed one another; a half that was skipped, repeated or spoilt costs a picture,
    is counted and written to the log. `ffc_age_s` is 0.0 while the die has not come to rest.
    """

    replay = False

    def __init__(self, config: Mlx90640Thermal, clock: Clock, i2c: I2c, sleep: Callable[[float], None] = time.sleep) -> None:
        self._config, self._clock, self._sleep = config, clock, sleep
        self._bus = WordBus(i2c, config.address, config.i2c_bus)
        self._period_s = 1.0 / config.refresh_hz
        try:
            self._decoder = Mlx90640Decoder(_calibration(self._bus))
            self._control = self._set_up()
        except SourceError:
            i2c.close()
            raise
        self._halves, self._settling = Halves(self._period_s), DieSettling()
        self._celsius = np.full(PIXELS, np.nan)
        self._spoilt = 0
        self._lost = 0
        self._news_s = self._told_s = clock.monotonic_s()

    def _set_up(self) -> int:
        """In the reading pattern the maker calibrated in: the other one needs corrections and is less exact."""
        chess = CHESS if self._decoder.parameters.calibrated_in_chess else 0
        wanted = control_word(self._bus.word(CONTROL), self._config.refresh_hz, self._config.resolution_bits) & ~CHESS | chess
        set_control(self._bus, wanted)
        self._bus.write(STATUS, CLEAR_STATUS)
        return wanted

    def read(self) -> RawThermal | None:
        """The next whole picture; None where there is none within two sub-pages' time. Raises SourceError."""
        self._tell_losses()
        until_s = self._clock.monotonic_s() + 2 * self._period_s
        while self._clock.monotonic_s() < until_s:
            status = self._bus.word(STATUS)
            now_s = self._clock.monotonic_s()
            if status & NEW_DATA:
                self._news_s = now_s
                picture = self._take(status & LAST_SUBPAGE, now_s)
                if picture is not None:
                    return picture
            elif now_s - self._news_s > SILENT_S:
                raise SourceError("the sensor answers but measures no more", where=self._bus.where, remedy=_WIRES)
            else:
                self._sleep(self._period_s / 8)
        return None

    def close(self) -> None:
        self._bus.close()

    def _take(self, subpage: int, now_s: float) -> RawThermal | None:
        """Read a sub-page and decode it. None where it is spoilt, or its other half is still to come."""
        self._bus.write(STATUS, CLEAR_STATUS)
        ram = self._bus.read(RAM, RAM_WORDS).view(np.int16)
        control, after = self._bus.word(CONTROL), self._bus.word(STATUS)
        if control != self._control:
            what = f"the sensor has lost its settings (control register 0x{control:04X}): its supply failed"
            raise SourceError(what, where=self._bus.where, remedy=_WIRES)
        if after & NEW_DATA:
            self._lose("the next sub-page came while this one was read: the bus is too slow", _SLOW_BUS)
            return None
        return self._decode(Frame(ram, control, subpage), now_s)

    def _decode(self, frame: Frame, now_s: float) -> RawThermal | None:
        if frame.subpage > 1 or frame_code(frame) is not ReturnCode.OK:
            self._lose(MEANING[ReturnCode.FRAME_DATA], _WIRES)
            return None
        at = self._decoder.into(self._celsius, frame, APPARENT, None)
        if not (_SUPPLY_V[0] < at.vdd_v < _SUPPLY_V[1] and _DIE_C[0] < at.ta_c < _DIE_C[1]):
            self._lose(f"the sensor says {at.vdd_v:.1f} V and {at.ta_c:.0f} degC of itself", _WIRES)
            return None
        self._spoilt = 0
        return self._picture(frame, at, now_s)

    def _picture(self, frame: Frame, at: Conditions, now_s: float) -> RawThermal | None:
        age_s = self._settling.age_s(at.ta_c, now_s)
        middle_s = self._halves.add(frame.subpage, now_s)
        if middle_s is None:
            return None
        replace(self._celsius, self._decoder.parameters.bad.all, chess=frame.chess)
        return RawThermal(counts_of(self._celsius, ROWS, COLS), middle_s - self._config.latency_s, age_s)

    def _lose(self, what: str, remedy: str) -> None:
        self._halves.forget()
        self._spoilt += 1
        self._lost += 1
        if self._spoilt >= MOST_SPOILT:
            raise SourceError(what, where=self._bus.where, remedy=remedy)

    def _tell_losses(self) -> None:
        """At most once a minute, what was lost since the last time."""
        lost, now_s = (self._lost, self._halves.repeated, self._halves.skipped), self._clock.monotonic_s()
        if any(lost) and now_s - self._told_s >= _TOLD_EVERY_S:
            log.warning("%s: sub-pages spoilt %d, repeated %d, skipped %d", self._bus.where, *lost)
            self._told_s, self._lost, self._halves.repeated, self._halves.skipped = now_s, 0, 0, 0


def _calibration(bus: WordBus) -> Parameters:
    """The sensor's own, refused where the maker's rules are broken: nothing may be computed from it. Raises SourceError."""
    parameters = restore(bus.read(EEPROM, EEPROM_WORDS), bus.where)
    code = parameters.bad.code
    if code is ReturnCode.NOT_THIS_MODEL:
        what = "an MLX90641 answers, not an MLX90640"
        raise SourceError(what, where=bus.where, remedy='Set thermal.source = "mlx90641": for presence only.')
    if code is not ReturnCode.OK:
        what = f"the sensor is out of its specification: {MEANING[code]} (return code {code.value})"
        raise SourceError(what, where=bus.where, remedy="Replace the sensor.")
    return parameters


def open_mlx90640(config: Mlx90640Thermal, clock: Clock) -> Mlx90640Source:
    """On a bus of Linux. Raises SourceError."""
    return Mlx90640Source(config, clock, open_i2c(config.i2c_bus))
