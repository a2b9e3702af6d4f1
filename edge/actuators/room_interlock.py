"""The wires of a room under UV-C or ozone, on this machine. The hard-wired interlock is none of them: it needs nobody."""

from __future__ import annotations

from edge.actuators.gpio import contact
from edge.actuators.pulse_train import PulseTrain
from edge.actuators.room_sensor import BeatingSensor, ContactSensor, Sensor
from edge.actuators.signal import Show, SignalOutput
from edge.config.room import PresenceSensor, RoomConfig
from edge.policy.room_facts import Facts, Lamp


class RoomInterlock:
    """`read` first, then `ask` and `warn`, every round, at least every 100 ms. BarrierError where a line cannot be had."""

    def __init__(self, told: RoomConfig) -> None:
        self._sensors: dict[str, Sensor] = {
            "door": ContactSensor(told.door.line, told.door.second_line, "room.door"),
            "motion": ContactSensor(told.motion.line, told.motion.second_line, "room.motion"),
        }
        if told.presence is not None:
            self._sensors["presence"] = _presence(told.presence)
        self._feedback = contact(told.feedback_line, "room.feedback_line")
        self._key = contact(told.key_line, "room.key_line")
        self._button = contact(told.reset_line, "room.reset_line")
        self._enable = PulseTrain(told.enable_line, "room.enable_line")
        self._sign = SignalOutput(told.sign_line, "room.sign_line")
        self._buzzer = None if told.buzzer_line is None else SignalOutput(told.buzzer_line, "room.buzzer_line")

    @property
    def sensors(self) -> frozenset[str]:
        """Their names."""
        return frozenset(self._sensors)

    def read(self, now_s: float) -> Facts:
        """Every input, now (monotonic seconds)."""
        return Facts(
            now_s,
            {name: sensor.look(now_s) for name, sensor in self._sensors.items()},
            Lamp.OFF if self._feedback.is_active else Lamp.ON,
            key=self._key.is_active,
            button=self._button.is_active,
        )

    def ask(self, now_s: float, *, wanted: bool) -> None:
        """Ask for the lamp until the next round, or do not."""
        if wanted:
            self._enable.beat(now_s)
        else:
            self._enable.rest()

    def warn(self, sign: Show, buzzer: Show, now_s: float) -> None:
        """What is seen and heard at the door."""
        self._sign.show(sign, now_s)
        if self._buzzer is not None:
            self._buzzer.show(buzzer, now_s)

    def close(self) -> None:
        """Give every line back; the lamp goes out when the timer is over."""
        for one in (self._enable, *self._sensors.values(), self._feedback, self._key, self._button, self._sign, self._buzzer):
            if one is not None:
                one.close()


def _presence(told: PresenceSensor) -> Sensor:
    if told.beat_s is None:
        return ContactSensor(told.line, None, "room.presence")
    return BeatingSensor(told.line, told.beat_s, "room.presence")
