"""A relay board on Modbus, RTU or TCP, by pymodbus; what makes its relay drop without us is `barrier.timing`."""

from __future__ import annotations

import logging
import struct
from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING, Final

from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.exceptions import ModbusException
from pymodbus.pdu import ModbusPDU

from edge.config.barrier_remote import ModbusBarrier
from edge.errors import BarrierError

if TYPE_CHECKING:
    from pymodbus.client.base import ModbusBaseSyncClient

FLASH_ON: Final = 0x0200
"""Coil addresses from here on switch on for a time: the value is tenths of a second (Waveshare, protocol V2)."""
FLASH_MOST: Final = 0x7FFF
DELAY: Final = 0x0600
"""Register value of boards that take a command in the high byte: on for the low byte's seconds (eletechsup R4D8)."""
DROP: Final = 0x0200
"""The same boards' command for off."""


class FlashOn(ModbusPDU):
    """Function 5 with a time where the standard has on or off. The board answers with the same words."""

    function_code = 5
    rtu_frame_size = 8

    def __init__(self, relay: int, seconds: float, unit: int) -> None:
        super().__init__(dev_id=unit, address=FLASH_ON + relay)
        self.tenths = max(1, min(FLASH_MOST, ceil(seconds * 10)))

    def encode(self) -> bytes:
        return struct.pack(">HH", self.address, self.tenths)


class ModbusRelay:
    """One request at a time, none repeated: a late opening is worse than none."""

    def __init__(self, config: ModbusBarrier) -> None:
        logging.getLogger("pymodbus.logging").setLevel(logging.CRITICAL)  # a board that is away is an alarm, not a line every 5 s
        self._config, self._client = config, _client(config)
        self._where = f"{config.host}:{config.port}" if config.host is not None else str(config.device)
        self.again_s: float | None = None if config.watchdog_s is None or config.timing != "watchdog" else config.watchdog_s / 3

    def pull(self, seconds: float) -> None:
        client, unit, relay = self._client, self._config.unit, self._config.relay
        match self._config.timing:
            case "flash":
                self._said(lambda: client.execute(False, FlashOn(relay, seconds, unit)))
            case "delay":
                value = DELAY | max(1, min(0xFF, ceil(seconds)))
                self._said(lambda: client.write_register(relay + 1, value, device_id=unit))
            case "watchdog":
                self._said(lambda: client.write_coil(relay, True, device_id=unit))

    def drop(self) -> None:
        client, unit, relay = self._client, self._config.unit, self._config.relay
        if self._config.timing == "delay":
            self._said(lambda: client.write_register(relay + 1, DROP, device_id=unit))
        else:
            self._said(lambda: client.write_coil(relay, False, device_id=unit))

    def ask(self) -> None:
        client, unit, relay = self._client, self._config.unit, self._config.relay
        if self._config.timing == "delay":
            self._said(lambda: client.read_holding_registers(relay + 1, count=1, device_id=unit))
        else:
            self._said(lambda: client.read_coils(relay, count=1, device_id=unit))

    def close(self) -> None:
        self._client.close()  # type: ignore[no-untyped-call]  # as pymodbus has it

    def _said(self, request: Callable[[], ModbusPDU]) -> None:
        try:
            answer = request()
        except (ModbusException, OSError) as gone:
            self.close()
            raise BarrierError(
                f"the relay board does not answer ({gone})",
                where=f"barrier: {self._where}, unit {self._config.unit}",
                remedy="Check the board's power, the wires or the network, its unit number, speed and parity.",
            ) from gone
        if answer.isError():
            raise BarrierError(
                f"the relay board refuses (exception {answer.exception_code})",
                where=f"barrier: {self._where}, unit {self._config.unit}",
                remedy="Check barrier.relay and barrier.timing: this board may not have that command.",
            )


def _client(config: ModbusBarrier) -> ModbusBaseSyncClient:
    if config.host is not None:
        return ModbusTcpClient(config.host, port=config.port, timeout=config.deadline_s, retries=0)
    return ModbusSerialClient(
        str(config.device), baudrate=config.baud, parity=config.parity, timeout=config.deadline_s, retries=0
    )
