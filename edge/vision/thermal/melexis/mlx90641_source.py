"""An MLX90641 on an I2C bus of this machine: 16x12 pixels, for presence only."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.errors import SourceError
from edge.vision.thermal.linux_bus import open_i2c
from edge.vision.thermal.melexis.centikelvin import counts_of
from edge.vision.thermal.melexis.mlx90640_parameters import EEPROM_WORDS
from edge.vision.thermal.melexis.mlx90641_decoder import AUX, AUX_WORDS, Frame41, Mlx90641Decoder
from edge.vision.thermal.melexis.mlx90641_parameters import COLS, ROWS, restore41
from edge.vision.thermal.melexis.registers import (
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
    from edge.config.sources import Mlx90641Thermal

SILENT_S: Final = 2.0
_BLOCK: Final = 32
"""Words that lie together; blocks of sub-page 0 and 1 take turns from 0x0400 on."""
_BLOCKS: Final = 6

log = logging.getLogger(__name__)


class Mlx90641Source:
    """Opened by making it. Raises SourceError. Every sub-page is a whole picture."""

    replay = False

    def __init__(self, config: Mlx90641Thermal, clock: Clock, i2c: I2c, sleep: Callable[[float], None] = time.sleep) -> None:
        self._config, self._clock, self._sleep = config, clock, sleep
        self._bus = WordBus(i2c, config.address, config.i2c_bus)
        self._period_s = 1.0 / config.refresh_hz
        try:
            parameters = restore41(self._bus.read(EEPROM, EEPROM_WORDS), self._bus.where)
            set_control(self._bus, control_word(self._bus.word(CONTROL), config.refresh_hz, config.resolution_bits))
            self._bus.write(STATUS, CLEAR_STATUS)
        except SourceError:
            i2c.close()
            raise
        if parameters.corrected:
            log.warning("%s: a wrong bit was corrected in %d words of the EEPROM", self._bus.where, parameters.corrected)
        self._decoder = Mlx90641Decoder(parameters)
        self._news_s = clock.monotonic_s()

    def read(self) -> RawThermal | None:
        """The next picture; None where there is none within two sub-pages' time. Raises SourceError."""
        until_s = self._clock.monotonic_s() + 2 * self._period_s
        while self._clock.monotonic_s() < until_s:
            status, now_s = self._bus.word(STATUS), self._clock.monotonic_s()
            if status & NEW_DATA:
                self._news_s = now_s
                picture = self._take(status & LAST_SUBPAGE & 1, now_s)
                if picture is not None:
                    return picture
            elif now_s - self._news_s > SILENT_S:
                what, remedy = "the sensor answers but measures no more", "Check its wires and its supply of 3.3 V."
                raise SourceError(what, where=self._bus.where, remedy=remedy)
            else:
                self._sleep(self._period_s / 8)
        return None

    def close(self) -> None:
        self._bus.close()

    def _take(self, subpage: int, now_s: float) -> RawThermal | None:
        """None where the sensor wrote the same sub-page again while it was read."""
        self._bus.write(STATUS, CLEAR_STATUS)
        starts = [RAM + _BLOCK * (2 * number + subpage) for number in range(_BLOCKS)]
        pixels = np.concatenate([self._bus.read(start, _BLOCK) for start in starts])
        aux, control, after = self._bus.read(AUX, AUX_WORDS), self._bus.word(CONTROL), self._bus.word(STATUS)
        if after & NEW_DATA:
            return None
        frame = Frame41(pixels.view(np.int16), aux.view(np.int16), control, subpage)
        celsius = self._decoder.celsius(frame, 1.0, None)
        return RawThermal(counts_of(celsius, ROWS, COLS), now_s - self._config.latency_s, float("nan"))


def open_mlx90641(config: Mlx90641Thermal, clock: Clock) -> Mlx90641Source:
    """On a bus of Linux. Raises SourceError."""
    return Mlx90641Source(config, clock, open_i2c(config.i2c_bus))
