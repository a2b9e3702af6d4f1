"""The gate's certificate, renewed long before it ends: a new key, asked for by the old one, in use when the broker has taken it.

Beside the file with key and certificate lies `NAME.next` meanwhile: first the next key alone, so that a cloud that is asked again
is asked for the same; then its certificate too. It takes the other's place when the broker has let it in; until then the old one
is used, and stays what a gate has that is cut from power at any moment.
"""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from cryptography import x509

from contract.errors import MenshenError
from edge.config.durable import sync_folder
from edge.errors import PairingError
from edge.mqtt import probe_broker
from edge.pairing.cloud import Cloud
from edge.pairing.identity import Identity
from edge.pairing.judging import certificate_of, judged

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path
    from threading import Event

    from edge.clock import Clock
    from edge.config.tree import GateConfig

log = logging.getLogger(__name__)

LOOK_EVERY_S: Final = 60.0
UNSURE_S: Final = 1.0
AGAIN_S: Final = (1_800.0, 5_400.0)
"""After a failure: somewhere between, so that gates which failed together do not come together."""
_LAST_PART: Final = 1 / 3
_SPREAD: Final = 0.1


def due(certificate: x509.Certificate, ahead_days: float, share: float) -> datetime:
    """When to begin: `ahead_days` before the end, at most the last third; `share` (0 to 1) spreads it over a tenth of that."""
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    ahead = min(timedelta(days=ahead_days), (ends - begins) * _LAST_PART)
    return ends - ahead * (1 - _SPREAD * share)


@dataclass(slots=True)
class Renewal:
    """Lives in a thread of its own; `sure` says whether the clock can be believed.

    Attributes:
        renewed: how many certificates this process has taken into use.
    """

    config: GateConfig
    clock: Clock
    sure: Callable[[], bool]
    chance: Callable[[], float] = random.random
    renewed: int = 0
    _share: float = field(init=False)
    _not_before_s: float = float("-inf")

    def __post_init__(self) -> None:
        self._share = self.chance()

    def run(self, done: Event) -> None:
        """Look once a minute until it is done; while the clock cannot be believed, whether it can."""
        while True:
            self.look()
            if done.wait(LOOK_EVERY_S if self.sure() else UNSURE_S):
                return

    def look(self) -> None:
        """Renew where it is time. What fails is tried again later; a gate whose certificate ends is an alarm of its own."""
        now_s = self.clock.monotonic_s()
        own = self.config.uplink.broker.cert_file
        if own is None or now_s < self._not_before_s or not self.sure():
            return
        try:
            current = Identity.read(own)
            if self._is_due(current):
                self._renew(own, current)
        except (MenshenError, OSError) as wrong:
            first_s, last_s = AGAIN_S
            self._not_before_s = now_s + first_s + (last_s - first_s) * self.chance()
            log.warning("the gate's certificate is not renewed yet: %s", wrong)

    def _is_due(self, current: Identity) -> bool:
        certificate = current.certificate
        ahead_days = self.config.uplink.renewal.ahead_days
        return certificate is not None and self.clock.wall() >= due(certificate, ahead_days, self._share)

    def _renew(self, own: Path, current: Identity) -> None:
        beside = own.with_name(f"{own.name}.next")
        following = self._prepared(beside)
        if following.certificate is None:
            following = self._asked(current, following)
            following.write(beside)
        broker = self.config.uplink.broker.model_copy(update={"cert_file": beside, "key_file": beside})
        probe_broker(broker, self.config.gate)  # raises where it does not let the next one in, or is away
        beside.replace(own)
        sync_folder(own.parent)
        self.renewed += 1
        log.info("the gate's certificate is renewed")

    def _prepared(self, beside: Path) -> Identity:
        """The next key, on the disk before anybody is asked to sign it; with its certificate where that came already."""
        try:
            kept = Identity.read(beside)
        except PairingError:
            kept = Identity.fresh()
            kept.write(beside)
        ends = None if kept.certificate is None else kept.certificate.not_valid_after_utc
        return kept if ends is None or ends > self.clock.wall() else Identity(kept.key)

    def _asked(self, current: Identity, following: Identity) -> Identity:
        uplink, gate = self.config.uplink, self.config.gate
        if uplink.renewal.url is None or uplink.broker.ca_file is None:
            raise PairingError("nobody is named who renews it", where="uplink.renewal.url")
        pem, now = uplink.broker.ca_file.read_text(encoding="utf-8", errors="replace"), self.clock.wall()
        answer = Cloud(uplink.renewal.url, pem, now).renew(current, following, gate)
        return Identity(following.key, judged(answer, following, gate, certificate_of(pem, uplink.renewal.url), now))
