"""What many gateways do, for the counter-proof: take the broker's receipt for delivery, acknowledge before it is stored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import MQTTErrorCode

from cloud.commands.worker import work
from edge.mqtt import Puback
from edge.uplink.sender import Sender


class ReceiptIsDelivery(Sender):
    """Forgets a row when the broker has taken it."""

    def _receipt(self, event: Puback) -> None:
        seq, _ = self._window._unreceipted.get(event.mid, (None, 0.0))
        super()._receipt(event)
        if seq is not None and event.taken:
            self._acks.add(seq)


class AutomaticClient(mqtt.Client):
    """Acknowledges every message as it comes in."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **(named | {"manual_ack": False}))

    def ack(self, mid: int, qos: int) -> MQTTErrorCode:  # noqa: ARG002  the client's own signature
        return MQTTErrorCode.MQTT_ERR_SUCCESS


if __name__ == "__main__":
    mqtt.Client = AutomaticClient  # type: ignore[misc]
    work(Path(sys.argv[1]), sys.argv[2])
