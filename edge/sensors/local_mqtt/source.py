"""The local broker as a source of readings, beside the buses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from edge.clock import Clock
from edge.config.sensors import LocalMqttConfig, MqttSensor
from edge.config.tree import BrokerConfig
from edge.mqtt import Link
from edge.sensors.local_mqtt.listener import Listener
from edge.sensors.reading import HandOver, Trouble
from edge.sensors.source import Sensor


@dataclass(frozen=True, slots=True)
class MqttDevice:
    """A believed device and what it is to give."""

    told: MqttSensor

    @property
    def quantities(self) -> tuple[str, ...]:
        return tuple(self.told.quantities)


class LocalMqtt:
    """An `edge.sensors.source.Source`. A broker that is away or refuses is a state, never a reason to end."""

    def __init__(self, told: LocalMqttConfig, gate: str, hand_over: HandOver, clock: Clock) -> None:
        self.name = f"{told.host}:{told.port}"
        self.sensors: tuple[Sensor, ...] = tuple(MqttDevice(one) for one in told.devices)
        self._listener = Listener(told, clock.monotonic_s())
        self._link = Link(broker(told), told.user, self._listener.tell, client_id=f"{told.user}-{gate}-sensors")
        self._hand_over, self._clock = hand_over, clock

    def start(self) -> None:
        self._link.start()

    def round(self, now_s: float) -> None:
        """Raises RuntimeError where the connection's thread has ended: the process then begins anew."""
        self._hand_over(self._listener.round(self._link, now_s, self._clock.wall()))
        if not self._link.alive:
            raise RuntimeError("the thread of the local broker's connection has ended")

    def why_silent(self) -> Trouble | None:
        return Trouble.BROKER_AWAY if self._listener.trouble else None

    def note(self) -> dict[str, Any]:
        """For the board."""
        return self._listener.note()

    def close(self) -> None:
        self._link.close()


def broker(told: LocalMqttConfig) -> BrokerConfig:
    """The gate's own broker for facility nodes, as a broker."""
    return BrokerConfig(host=told.host, port=told.port, password_file=told.password_file, ca_file=told.ca_file)
