"""The roads to people, each with a real other side: a mail server, a web server, a broker."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import paho.mqtt.client as paho
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from paho.mqtt.enums import CallbackAPIVersion

from cloud.bus import Bus, Line
from cloud.escalation.mail import MailRoad
from cloud.escalation.mqtt import MqttRoad
from cloud.escalation.road import NotDeliveredError
from cloud.ledger.contacts import Channel
from cloud.ledger.escalation import Waiting
from cloud.settings import BrokerSettings, MailSettings
from cloud.store.notices import ToSend
from contract.topics import NOTICES
from demo.broker import HOST, Broker
from tests.cloud.running import free_port
from tests.fixtures_broker import wait_for

SINCE = "2026-11-21T08:00:00"
ONE = ToSend(1, "mei", Channel.MAIL, 1, 1, Waiting("alarm-3", "south-1", "fire", 1, 1_000, "the fire contact is open"))


class Letters:
    """What a mail server got."""

    def __init__(self) -> None:
        self.got: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        self.got.append(envelope)
        return "250 taken as 42"


def test_a_letter_reaches_a_mail_server_and_its_answer_is_the_receipt() -> None:
    letters = Letters()
    server = Controller(letters, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        settings = MailSettings(host="127.0.0.1", port=server.port, tls="none", sender="menshen@site.example")
        road = MailRoad(settings, None)
        assert road.deliver(ONE, "mei@site.example", SINCE) == "250 taken as 42"
        assert road.reach().startswith("250")
        assert len(letters.got) == 1
        content = letters.got[0].content
        assert isinstance(content, bytes)
        text = content.decode()
        assert "Subject: [Menshen] HIGH fire at south-1" in text
        assert "Message-ID: <menshen-alarm-3-1000-1-mei@site.example>" in text
        with pytest.raises(NotDeliveredError, match="550 nobody") as refused:
            road.deliver(ToSend(2, "gone", Channel.MAIL, 1, 1, ONE.about), "nobody@site.example", SINCE)
        assert refused.value.for_good
    finally:
        server.stop()
    with pytest.raises(NotDeliveredError, match="does not answer") as away:
        road.deliver(ONE, "mei@site.example", SINCE)
    assert not away.value.for_good


@pytest.mark.broker
def test_whatever_passes_notices_on_hears_them_at_the_broker(tmp_path: Path) -> None:
    heard: list[bytes] = []
    with Broker(tmp_path / "broker", {"pager": "secret"}, "cloud-secret") as broker:
        pager = paho.Client(CallbackAPIVersion.VERSION2, "pager", protocol=paho.MQTTv5)
        pager.username_pw_set("pager", "secret")
        ready = threading.Event()
        pager.on_subscribe = lambda *_: ready.set()
        pager.on_message = lambda _client, _data, message: heard.append(bytes(message.payload))
        pager.connect(HOST, broker.port)
        pager.loop_start()
        pager.subscribe(NOTICES, qos=1)
        assert ready.wait(10)
        bus = Bus(BrokerSettings(host=HOST, port=broker.port), "cloud-secret")
        road = MqttRoad(bus)
        with pytest.raises(NotDeliveredError, match="broker is away"):
            road.deliver(ONE, "", SINCE)
        bus.start()
        wait_for(lambda: bus.line[0] is Line.CONNECTED, "the bus is connected")
        assert road.deliver(ONE, "", SINCE) == "PUBACK"
        wait_for(lambda: heard, "the pager has heard it")
        bus.stop()
        pager.disconnect()
        pager.loop_stop()
    assert json.loads(heard[0])["subject"] == "alarm-3"
