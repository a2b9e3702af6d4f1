"""A sensor on this machine's I2C, told by its file: what is written to it, what it answers, and when it is begun anew."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Protocol

from edge.buses.i2c import I2c
from edge.config.i2c_exchange import I2cExchange, Step
from edge.config.sensors import I2cSensor
from edge.sensors.devices.byte_values import none_of, values_of
from edge.sensors.devices.crc8_words import without_crc
from edge.sensors.reading import Trouble


class ReadingI2c(I2c, Protocol):
    """A bus that can also read without writing first: many sensors want a pause between the two."""

    def read(self, address: int, count: int) -> bytes: ...


def data_of(told: I2cExchange, answer: bytes, length: int) -> bytes | Trouble:
    """An answer that should have `length` bytes, without its checksums."""
    if len(answer) != length:
        return Trouble.WRONG_PAYLOAD
    return without_crc(answer) if told.checksum == "crc8_words" else answer


class I2cDevice:
    """A `Device` on such a bus."""

    def __init__(self, told: I2cSensor, exchange: I2cExchange) -> None:
        self.told, self.exchange = told, exchange
        self.quantities = tuple(one.quantity for one in exchange.values)
        self.patience_s = told.deadline_s + exchange.waits_s
        self._address = told.address or exchange.address
        self._begun_on: object = None
        self._good_s = 0.0
        self._begin_again_s = max(exchange.begin_again_s, 2 * told.every_s)

    def read(self, wire: ReadingI2c) -> dict[str, float | Trouble]:
        """Empty where it has not measured anew."""
        told = self.exchange
        if told.begin and (self._begun_on is not wire or time.monotonic() - self._good_s > self._begin_again_s):
            self._write(wire, told.begin)
            self._begun_on, self._good_s = wire, time.monotonic()
            if told.ready:
                return {}
        if told.ready:
            ready = data_of(told, self._answer(wire, [told.ready], told.ready.length), told.ready.length)
            if isinstance(ready, Trouble):
                return none_of(told.values, ready)
            if not int.from_bytes(ready, "big") & told.ready.mask:
                return {}
        data = data_of(told, self._answer(wire, told.ask, told.length), told.length)
        said = none_of(told.values, data) if isinstance(data, Trouble) else values_of(told.values, data)
        if any(isinstance(value, float) for value in said.values()):
            self._good_s = time.monotonic()
        return said

    def _answer(self, wire: ReadingI2c, steps: Sequence[Step], length: int) -> bytes:
        *before, last = steps
        self._write(wire, before)
        if not last.wait_ms:
            return wire.write_then_read(self._address, last.write, length)
        self._write(wire, [last])
        return wire.read(self._address, length)

    def _write(self, wire: ReadingI2c, steps: Sequence[Step]) -> None:
        for one in steps:
            wire.write(self._address, one.write)
            time.sleep(one.wait_ms / 1000.0)
