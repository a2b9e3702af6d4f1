"""A hall of Modbus sensors: `python -m benchmarks.modbus_hall PORT SENSORS` answers as units 1 to SENSORS, 21.5 degC and 48 %."""

from __future__ import annotations

import asyncio
import sys

from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from demo.broker import HOST


async def serve(port: int, count: int) -> None:
    def sensor(unit: int) -> SimDevice:
        return SimDevice(unit, [SimData(1, values=[215, 480], datatype=DataType.REGISTERS)])

    await ModbusTcpServer([sensor(unit) for unit in range(1, count + 1)], address=(HOST, port)).serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
