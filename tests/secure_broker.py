"""The production configuration of the broker, run as it is but for its places, and the shipped script that makes certificates."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from demo.broker import PRODUCT, Broker, as_user
from edge.config.tree import BrokerConfig

MAKE = PRODUCT / "make_certificates.sh"


@dataclass(frozen=True)
class Authority:
    """Makes certificates in one folder by the shipped script; `ca.crt` is its own."""

    folder: Path

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["sh", MAKE, self.folder, *arguments], check=False, capture_output=True, text=True)

    def login(self, port: int, name: str) -> BrokerConfig:
        return BrokerConfig(
            port=port, ca_file=self.folder / "ca.crt", cert_file=self.folder / f"{name}.crt", key_file=self.folder / f"{name}.key"
        )


class ProductionBroker(Broker):
    """The whole of menshen.conf, its folders moved into the test's; where `crl.pem` lies there, it is read."""

    def _machine(self) -> str:
        text = (PRODUCT / "menshen.conf").read_text(encoding="utf-8")
        places = text[text.index("# This machine:") :]
        if (self.folder / "crl.pem").exists():
            assert "\n#crlfile " in places
            places = places.replace("\n#crlfile ", "\ncrlfile ")
        for folder in ("/var/lib/menshen/mosquitto", "/var/log/menshen", "/etc/menshen/mosquitto"):
            places = places.replace(folder, str(self.folder))
        assert "listener 8883" in places
        return f"{places}\n{as_user()}\n".replace("listener 8883", f"listener {self.port} 127.0.0.1")
