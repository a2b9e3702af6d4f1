"""A Lepton that is not there: it answers on I2C and SPI with the bytes of a real one; the driver runs against it unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from edge.sim.wire.lepton_bytes import SEGMENTS, UNUSED, discards, lines_of, packets_of
from edge.sim.wire.lepton_registers import LeptonRegisters
from edge.vision.thermal.lepton.commands import Command
from edge.vision.thermal.lepton.crc import PACKET_BYTES
from edge.vision.thermal.lepton.layout import LEPTON_2, LEPTON_3
from edge.vision.thermal.lepton.telemetry import FfcState, Telemetry

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from edge.clock import Clock

FRAME_S: Final = 0.114
FFC_S: Final = 2.05
IMMINENT_S: Final = 2.0
RESTED_S: Final = 0.185
BOOT_POLLS: Final = 20
KEPT: Final = 512
"""A minute's frames, 20 MB, so that a reader can be asked whether each of its pictures was sent."""
PART_NUMBERS: Final = {"3.5": "500-0771-01", "2.5": "500-0763-01"}


class SimulatedLepton:
    """One camera. `i2c` is its command side; every call of `spi` opens its picture side anew.

    Attributes:
        registers: the command side, with what can go wrong there.
        spoil: what happens to the packets of a frame on their way, (n, 164) uint8.
        slipped: bytes by which the stream is shifted until the bus has rested.
        silent: whether discard packets are all that comes.
        frozen: whether the last picture is sent as new again and again, with its old frame counter.
        sent: counts of the last KEPT frames sent, by their frame counter.
    """

    def __init__(
        self,
        clock: Clock,
        wait: Callable[[float], None],
        counts: Callable[[float], NDArray[np.uint16]],
        model: str = "3.5",
        part_number: str | None = None,
        hz: int = 20_000_000,
    ) -> None:
        self.registers = LeptonRegisters(part_number or PART_NUMBERS[model], serial=0x0001_2345_6789)
        self.layout = LEPTON_2 if model.startswith("2") else LEPTON_3
        self.spoil: Callable[[NDArray[np.uint8]], NDArray[np.uint8]] = lambda packets: packets
        self.slipped = 0
        self.silent = self.frozen = False
        self.sent: dict[int, NDArray[np.uint16]] = {}
        self._clock, self._wait, self._counts, self._hz = clock, wait, counts, hz
        self._booted_s = self._closed_s = clock.monotonic_s() - 600.0
        self._shut_s = self._booted_s
        self._counter = 0
        self._stream = bytearray()
        self.registers.on_run = self._run

    @property
    def i2c(self) -> LeptonRegisters:
        return self.registers

    def spi(self) -> SimulatedSpi:
        """Open the picture side. Where it has rested, the stream begins with a new packet."""
        if self._clock.monotonic_s() - self._closed_s >= RESTED_S:
            self.slipped = 0
            self._stream.clear()
        return SimulatedSpi(self)

    def close_spi(self) -> None:
        self._closed_s = self._clock.monotonic_s()

    def clocked(self, count: int) -> bytes:
        """The next bytes of the stream; they take their time."""
        while len(self._stream) < count + self.slipped:
            self._stream += self.spoil(self._cycle()).tobytes()
        data = bytes(self._stream[self.slipped : self.slipped + count])
        del self._stream[:count]
        self._wait(count * 8 / self._hz)
        return data

    def announce_ffc(self) -> None:
        """What the camera does by itself every few minutes: say so for two seconds, then close the shutter."""
        self._shut_s = self._clock.monotonic_s() + IMMINENT_S

    def reboot(self) -> None:
        """Start anew, as after a dip of the supply: factory settings, counters from 0, the shutter closes."""
        self.registers.boot(BOOT_POLLS)
        self._booted_s = self._shut_s = self._clock.monotonic_s()
        self._counter = 0
        self._stream.clear()
        self.sent.clear()

    def telemetry(self) -> Telemetry:
        """What the camera says of itself now."""
        now_s, value = self._clock.monotonic_s(), self.registers.value
        state = FfcState.IMMINENT if now_s < self._shut_s else FfcState.IN_PROGRESS if self._shut else FfcState.COMPLETE
        return Telemetry(
            revision=0x0E00,
            time_ms=round((now_s - self._booted_s) * 1000) & 0xFFFF_FFFF,
            status=state << 4 | value(Command.AGC_ENABLE_STATE) << 12,
            software_revision=(0, 0),
            frame_counter=self._counter,
            frame_mean=0,
            fpa_ck=30_300,
            housing_ck=30_100,
            ffc_fpa_ck=30_250,
            ffc_ms=round((min(self._shut_s, now_s) + FFC_S - self._booted_s) * 1000) & 0xFFFF_FFFF,
            emissivity=1.0,
            background_ck=29_515,
            gain_mode=value(Command.SYS_GAIN_MODE),
            effective_gain=value(Command.SYS_GAIN_MODE) & 1,
            tlinear_on=bool(value(Command.RAD_TLINEAR_ENABLE_STATE)),
            tlinear_fine=bool(value(Command.RAD_TLINEAR_RESOLUTION)),
        )

    @property
    def _shut(self) -> bool:
        return 0.0 <= self._clock.monotonic_s() - self._shut_s < FFC_S

    def _run(self, command: Command) -> None:
        """Do what was run over the command side."""
        if command is Command.SYS_RUN_FFC:
            self._shut_s = self._clock.monotonic_s()
        if command is Command.OEM_REBOOT:
            self.reboot()

    def _as_set(self, counts: NDArray[np.uint16]) -> NDArray[np.uint16]:
        """Centikelvin as the settings turn them: into grey values, raw signal or steps of 0.1 K."""
        value = self.registers.value
        if value(Command.AGC_ENABLE_STATE):
            return np.interp(counts, (counts.min(), counts.max()), (0, 255)).astype(np.uint16)
        if not value(Command.RAD_TLINEAR_ENABLE_STATE):
            return (8_000 + (counts.astype(np.int32) - 29_500) // 3).astype(np.uint16)
        return counts if value(Command.RAD_TLINEAR_RESOLUTION) else counts // 10

    def _cycle(self) -> NDArray[np.uint8]:
        """The packets of the time of one new frame: it, two unused or repeated ones, and discard packets between."""
        packets = round(self._hz * FRAME_S / 8 / PACKET_BYTES)
        if self.silent:
            return discards(packets)
        if not self._shut and not self.frozen:
            self._counter = (self._counter + 1) & 0xFFFF_FFFF
            self.sent[self._counter] = self._as_set(self._counts(self._clock.monotonic_s()))
            if len(self.sent) > KEPT:
                del self.sent[next(iter(self.sent))]
        counts = self.sent.get(self._counter)
        telling = bool(self.registers.value(Command.SYS_TELEMETRY_ENABLE_STATE))
        if counts is None:
            return discards(packets)
        lines = lines_of(counts, self.telemetry() if telling else None, self.layout)
        per_segment = len(lines) // self.layout.segments
        if self.layout.segments == 1:
            frames = [packets_of(lines, per_segment)] * 3
        else:
            new = UNUSED if self._shut else SEGMENTS
            frames = [packets_of(lines, per_segment, numbers) for numbers in (new, UNUSED, UNUSED)]
        gap = discards(max(1, (packets - 3 * len(lines)) // 3))
        return np.vstack([part for frame in frames for part in (frame, gap)])


class SimulatedSpi:
    """The picture side, opened. A `Spi`."""

    def __init__(self, camera: SimulatedLepton) -> None:
        self._camera = camera

    def read(self, count: int) -> bytes:
        return self._camera.clocked(count)

    def close(self) -> None:
        self._camera.close_spi()
