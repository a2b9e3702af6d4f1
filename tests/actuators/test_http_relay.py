"""A relay over HTTP: always with a time after which it drops, and asked whether it took it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from edge.actuators.http_relay import HttpRelay
from edge.config.barrier import BarrierConfig
from edge.errors import BarrierError
from tests.actuators.shelly import Shelly, shelly


@pytest.fixture
def there() -> Iterator[Shelly]:
    with shelly() as server:
        yield server


def relay_at(url: str, **rest: Any) -> closing[HttpRelay]:
    return closing(HttpRelay(TypeAdapter[Any](BarrierConfig).validate_python({"kind": "http", "url": url, **rest})))


def test_it_is_switched_on_with_a_time_and_off_when_asked(there: Shelly) -> None:
    with relay_at(there.url) as relay:
        relay.ask()
        relay.pull(2.5)
        assert (there.on, there.timer_s) == (True, 2.5)
        relay.drop()
    assert not there.on
    assert there.asked[1] == "/rpc/Switch.Set?id=0&on=true&toggle_after=2.5"


def test_a_relay_that_takes_no_time_is_a_plain_output_and_let_go_at_once(there: Shelly) -> None:
    there.knows_timers = False
    with relay_at(there.url) as relay, pytest.raises(BarrierError, match="plain output"):
        relay.pull(2.5)
    assert not there.on


def test_the_password_is_proved_and_never_told(there: Shelly, tmp_path: Path) -> None:
    there.challenge = 'Digest qop="auth", realm="shellyplus1-x", nonce="60dc2c69", algorithm=SHA-256'
    secret = tmp_path / "relay.secret"
    secret.write_text("open sesame\n", encoding="utf-8")
    with relay_at(there.url, password_file=str(secret)) as relay:
        relay.pull(1.0)
    assert there.on


def test_without_the_password_it_refuses(there: Shelly) -> None:
    there.challenge = 'Digest qop="auth", realm="shellyplus1-x", nonce="60dc2c69", algorithm=SHA-256'
    with relay_at(there.url) as relay, pytest.raises(BarrierError, match=r"status 401.*password_file"):
        relay.pull(1.0)


def test_a_relay_the_box_does_not_have_is_told(there: Shelly) -> None:
    with relay_at(there.url, relay=7) as relay, pytest.raises(BarrierError, match="status 500"):
        relay.ask()


def test_a_silent_relay_is_given_up_at_the_deadline(there: Shelly) -> None:
    there.answers.clear()
    with relay_at(there.url, deadline_s=0.1) as relay, pytest.raises(BarrierError, match=r"does not answer \(late\)"):
        relay.ask()


def test_an_empty_password_file_is_told(tmp_path: Path) -> None:
    secret = tmp_path / "relay.secret"
    secret.touch()
    with pytest.raises(BarrierError, match="is empty"):
        relay_at("http://127.0.0.1:9", password_file=str(secret))
