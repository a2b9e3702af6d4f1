"""Modbus, RTU and TCP, by pymodbus: a bus with any number of devices, each told by its register map."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.exceptions import ModbusException

from edge.config.register_map import RegisterMap
from edge.config.sensors import ModbusSensor
from edge.errors import BusError
from edge.sensors.devices.registers import Request, requests
from edge.sensors.reading import Trouble

if TYPE_CHECKING:
    from pymodbus.client.base import ModbusBaseSyncClient
    from pymodbus.pdu import ModbusPDU

_BITS: Final = frozenset({"coil", "discrete"})


class ModbusWire:
    """An open line or connection. Raises BusError when made, where it cannot be opened."""

    def __init__(self, told: ModbusSensor, deadline_s: float) -> None:
        logging.getLogger("pymodbus.logging").setLevel(logging.CRITICAL)  # a silent device is a reading, not a line every poll
        self.where = bus_name(told)
        self.client: ModbusBaseSyncClient = _client(told, deadline_s)
        try:
            opened = self.client.connect()
        except (ModbusException, OSError) as refused:
            raise _refused(self.where) from refused
        if not opened:
            raise _refused(self.where)

    def ask(self, request: Request, unit: int) -> list[int] | Trouble:
        """Registers or bits. Raises BusError where nothing, or nothing whole, comes back."""
        reads: dict[str, Callable[..., ModbusPDU]] = {
            "holding": self.client.read_holding_registers,
            "input": self.client.read_input_registers,
            "coil": self.client.read_coils,
            "discrete": self.client.read_discrete_inputs,
        }
        try:
            answer: Any = reads[request.kind](request.first, count=request.count, device_id=unit)
        except (ModbusException, OSError) as silent:
            remedy = "Check its power, the wires or the network, its unit number, speed and parity."
            raise BusError(f"unit {unit} does not answer ({silent})", where=self.where, remedy=remedy) from silent
        if answer.isError():
            return Trouble.REFUSED
        return [int(one) for one in (answer.bits if request.kind in _BITS else answer.registers)]

    def close(self) -> None:
        self.client.close()  # type: ignore[no-untyped-call]  # as pymodbus has it


class ModbusDevice:
    """A `Device` on such a wire."""

    def __init__(self, told: ModbusSensor, registers: RegisterMap) -> None:
        self.told = told
        self._requests = requests(registers)
        self._status = [(Request(one.kind, one.address, 1, ()), frozenset(one.good)) for one in registers.status]
        self.quantities = tuple(one.quantity for one in registers.registers)
        self.patience_s = told.deadline_s * (len(self._requests) + len(self._status))

    def read(self, wire: ModbusWire) -> dict[str, float | Trouble]:
        """Nothing counts where the device itself says that it does not."""
        said: dict[str, float | Trouble] = {}
        for request, good in self._status:
            words = wire.ask(request, self.told.unit)
            if isinstance(words, Trouble):
                return dict.fromkeys(self.quantities, words)
            if not words or words[0] not in good:
                return dict.fromkeys(self.quantities, Trouble.NOT_MEASURED)
        for request in self._requests:
            words = wire.ask(request, self.told.unit)
            if isinstance(words, Trouble):
                said |= dict.fromkeys((one.quantity for one in request.registers), words)
            else:
                said |= request.values(words)
        return said


def bus_name(told: ModbusSensor) -> str:
    """Which bus it hangs on."""
    return f"{told.host}:{told.port}" if told.host is not None else str(told.device)


def _client(told: ModbusSensor, deadline_s: float) -> ModbusBaseSyncClient:
    if told.host is not None:
        return ModbusTcpClient(told.host, port=told.port, timeout=deadline_s, retries=0)
    return ModbusSerialClient(
        str(told.device), baudrate=told.baud, parity=told.parity, stopbits=told.stop_bits, timeout=deadline_s, retries=0
    )


def _refused(where: str) -> BusError:
    return BusError(
        "the Modbus line cannot be opened",
        where=where,
        remedy="Check that the adapter is plugged in and this user is in the group dialout, or that the address is right.",
    )
