"""A Lepton on the buses of this machine: pictures over SPI (VoSPI), commands over I2C (CCI)."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from edge.buses.linux_i2c import LinuxI2c
from edge.buses.linux_spi import LinuxSpi
from edge.errors import BusError, SourceError
from edge.vision.thermal.lepton.assembler import FrameAssembler
from edge.vision.thermal.lepton.cci import Cci
from edge.vision.thermal.lepton.commands import Command
from edge.vision.thermal.lepton.crc import PACKET_BYTES
from edge.vision.thermal.lepton.frame import frame_of_packets
from edge.vision.thermal.lepton.packets import read_packets
from edge.vision.thermal.lepton.pictures import Pictures
from edge.vision.thermal.lepton.prepare import TEMPERATURES, VIDEO, identify, settle, shut_by_itself
from edge.vision.thermal.lepton.resync import REST_S, Advice, Resync

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.buses.i2c import I2c
    from edge.buses.spi import Spi
    from edge.clock import Clock
    from edge.config.sources import LeptonSpiThermal
    from edge.vision.thermal.source import RawThermal

READ_BYTES: Final = 128 * PACKET_BYTES
"""8.4 ms at 20 MHz. The default buffer of spidev (4096 bytes) is too small: boot with spidev.bufsiz=131072."""
WAIT_S: Final = 0.15
"""A new picture comes every 0.114 s."""
GAP_S: Final = 0.02
"""A pause after which the packets before it are not continued, as it could join parts of two frames: they come 37 ms apart.
Where a read itself was held up for so long, its packets are not used at all."""
BOOT_S: Final = 1.5
LEAST_HZ: Final = {1: 2_000_000, 4: 10_000_000}
"""By segments of a frame: the 61 packets of a segment must be read before the next one is there, 9.4 ms later."""
SPI_MODE: Final = 3

log = logging.getLogger(__name__)


class LeptonSpi:
    """Opened by making it: the camera is asked who it is and is set to temperatures. Raises SourceError with place and remedy."""

    replay = False

    def __init__(
        self,
        config: LeptonSpiThermal,
        clock: Clock,
        open_spi: Callable[[], Spi],
        i2c: I2c,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._config, self._clock, self._sleep = config, clock, sleep
        self._where = f"/dev/spidev{config.spi_bus}.{config.spi_device} and /dev/i2c-{config.i2c_bus}"
        self._open_spi, self._i2c = open_spi, i2c
        self.serial: str | None = None
        self._cci = Cci(i2c, self._where, sleep)
        self._spi: Spi | None = None
        self._resync = Resync()
        self._pictures = Pictures(config.latency_s, self._where)
        self._booted_s = self._read_s = clock.monotonic_s()
        self._usual_s = READ_BYTES * 8 / config.spi_hz
        try:
            self._prepare()
        except (SourceError, BusError) as refused:
            self.close()
            raise _as_source_error(refused) from refused

    def read(self) -> RawThermal | None:
        """The next picture; None where none came within WAIT_S, also while the camera restarts. Raises SourceError."""
        try:
            return self._next()
        except BusError as gone:
            raise _as_source_error(gone) from gone

    def run_ffc(self) -> None:
        """Close the shutter now. Raises SourceError."""
        self._cci.run(Command.SYS_RUN_FFC)
        self._pictures.shutter_closes()

    def close(self) -> None:
        if self._spi is not None:
            self._spi.close()
            self._spi = None
        self._i2c.close()

    def _prepare(self) -> None:
        found = identify(self._cci, self._config.rows, self._config.cols)
        least_hz = LEAST_HZ[found.model.layout.segments]
        if self._config.spi_hz < least_hz:
            what = f"{self._config.spi_hz} Hz are too slow for a {found.model.name}: every picture would be cut"
            raise SourceError(what, where="thermal.spi_hz", remedy=f"Set {least_hz} to 20000000, and keep the wires short.")
        settle(self._cci, (*TEMPERATURES, *VIDEO))
        shut_by_itself(self._cci)
        log.info("%s, part %s, serial %d, on %s", found.model.name, found.part_number, found.serial, self._where)
        self.serial = str(found.serial) if found.serial else None
        self._layout = found.model.layout
        self._assembler = FrameAssembler(self._layout)
        # The size of a frame may have changed with the telemetry: a rest makes the camera start anew with a packet 0.
        self._sleep(REST_S)
        self._spi = self._open_spi()

    def _next(self) -> RawThermal | None:
        until_s = self._clock.monotonic_s() + WAIT_S
        while True:
            now_s = self._clock.monotonic_s()
            if now_s >= until_s:
                return self._pictures.meanwhile(now_s)
            if self._spi is None:
                self._await_boot(now_s, until_s)
                continue
            picture = self._read(self._spi, now_s)
            if picture is not None:
                return picture

    def _read(self, spi: Spi, now_s: float) -> RawThermal | None:
        data = spi.read(READ_BYTES)
        before_s, self._read_s = self._read_s, self._clock.monotonic_s()
        packets = read_packets(data, self._layout.per_segment)
        held_up = self._read_s - now_s > self._usual_s + GAP_S
        if held_up or now_s - before_s > GAP_S:
            self._assembler.forget()
        frames = [] if held_up else self._assembler.feed(packets)
        self._follow(self._resync.after(packets, len(frames)), spi)
        new = [self._pictures.of(frame_of_packets(frame, self._layout), self._read_s) for frame in frames]
        return next((picture for picture in reversed(new) if picture is not None), None)

    def _follow(self, advice: Advice, spi: Spi) -> None:
        match advice:
            case Advice.KEEP_READING:
                pass
            case Advice.REST:
                self._let_go(spi)
                self._sleep(REST_S)
                self._spi = self._open_spi()
            case Advice.REBOOT:
                log.warning("no whole frame for long: the camera on %s is restarted", self._where)
                self._let_go(spi)
                self._cci.restart(Command.OEM_REBOOT)
                self._booted_s = self._clock.monotonic_s() + BOOT_S
            case Advice.GIVE_UP:
                what = "the camera answers on I2C but sends no whole frame, also after restarts"
                remedy = "Check the SPI wires, spidev.bufsiz and the bus speed; switch the camera's supply off and on."
                raise SourceError(what, where=self._where, remedy=remedy)

    def _let_go(self, spi: Spi) -> None:
        self._assembler.forget()
        self._spi = None
        spi.close()

    def _await_boot(self, now_s: float, until_s: float) -> None:
        if now_s < self._booted_s:
            self._sleep(min(self._booted_s, until_s) - now_s)
        else:
            self._prepare()


def open_lepton_spi(config: LeptonSpiThermal, clock: Clock) -> LeptonSpi:
    """On the buses of Linux. Raises SourceError."""
    try:
        i2c = LinuxI2c(config.i2c_bus)
    except BusError as refused:
        raise _as_source_error(refused) from refused
    return LeptonSpi(config, clock, lambda: LinuxSpi(config.spi_bus, config.spi_device, config.spi_hz, SPI_MODE), i2c)


def _as_source_error(refused: SourceError | BusError) -> SourceError:
    """The same words: whoever opens cameras knows one kind of error."""
    if isinstance(refused, SourceError):
        return refused
    return SourceError(refused.what, where=refused.where, remedy=refused.remedy)
