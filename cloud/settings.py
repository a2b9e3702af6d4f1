"""The cloud's settings: one frozen tree, read once, handed out in slices. Relative paths count from the working directory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from contract.enrolment import SiteName
from contract.message import PublicKey
from contract.settings_file import Settings, load

WEB_DIST = Path(__file__).parent / "web" / "dist"


def _as_path(value: object) -> object:
    return Path(value).expanduser() if isinstance(value, str) else value


FilePath = Annotated[Path, BeforeValidator(_as_path)]
ListenPort = Annotated[int, Field(ge=0, le=65535)]
Port = Annotated[int, Field(ge=1, le=65535)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$")]


class WebSettings(Settings):
    """Where screens connect. `behind_proxy` says that TLS is ended by a proxy on this machine: cookies become Secure.

    `/metrics` answers this machine only, and with a token in `metrics_token_file` whoever has it.
    """

    host: str = "127.0.0.1"
    port: ListenPort = 8700
    static: FilePath = WEB_DIST
    behind_proxy: bool = False
    metrics_token_file: FilePath | None = None


class BrokerSettings(Settings):
    """Where events come from. The password stands in a file of its own, readable by the cloud only; so does the private key.

    A broker that asks for certificates takes the name in `cert_file` for the user, which is then `cloud`.
    """

    host: str = "127.0.0.1"
    port: Port = 1883
    user: Name = "cloud"
    password_file: FilePath | None = None
    ca_file: FilePath | None = None
    cert_file: FilePath | None = None
    key_file: FilePath | None = None
    client_id: Name = "menshen-cloud"
    """Stable: the broker keeps what arrives while the cloud restarts under this name. Each worker needs its own."""


class LedgerSettings(Settings):
    """The record: an SQLAlchemy URL, `sqlite:///ledger.db` or `postgresql+psycopg://...`."""

    url: Annotated[str, Field(pattern=r"^(sqlite|postgresql(\+psycopg)?)://")]


class SeriesKeepSettings(Settings):
    """For how many days series are kept: each point, the sums of five minutes, the sums of an hour.

    A gate may be away for a week: points are kept for longer than that.
    """

    raw_days: Annotated[int, Field(ge=9, le=3660)] = 30
    five_minutes_days: Annotated[int, Field(ge=30, le=3660)] = 400
    one_hour_days: Annotated[int, Field(ge=30, le=36600)] = 3660


class SqliteSeriesSettings(Settings):
    """Series in a file beside the ledger: nothing to install."""

    kind: Literal["sqlite"]
    path: FilePath
    keep: SeriesKeepSettings = SeriesKeepSettings()


class InfluxSeriesSettings(Settings):
    """Series in an InfluxDB 2 bucket. The token needs to read and write that bucket and its sums, `_5m` and `_1h`."""

    kind: Literal["influxdb"]
    url: Annotated[str, Field(pattern=r"^https?://")]
    org: str
    bucket: str
    token_file: FilePath
    keep: SeriesKeepSettings = SeriesKeepSettings()


SeriesSettings = Annotated[SqliteSeriesSettings | InfluxSeriesSettings, Field(discriminator="kind")]


class AccessSettings(Settings):
    """Who may look. The password of `initial_password_file` is used once, while the ledger knows no account of that name."""

    admin: Name = "admin"
    initial_password_file: FilePath | None = None
    session_h: Annotated[float, Field(gt=0, le=24)] = 12.0


class CommandSettings(Settings):
    """Commands to gates. `menshen-cloud command-key` makes the key and prints what gates have to know; no key, no commands."""

    key_file: FilePath | None = None


class EnrolSettings(Settings):
    """Pairing gates with this cloud (`menshen-cloud enrol`). Without `folder` it pairs none.

    `folder` holds the authority that the broker trusts: `ca.crt`, `ca.key`, `crl.pem`; made at the first use where there is none.
    Whoever can read it can be any gate. `url` is how gates reach this cloud, through the proxy that ends TLS; `broker_host` and
    `broker_port` how they reach the broker, where that differs from `[broker]`. `badge_keys` are the public keys of whoever
    signs badges and passes.
    """

    folder: FilePath | None = None
    url: Annotated[str | None, Field(pattern=r"^https?://[^\s#?]+$")] = None
    broker_host: Annotated[str | None, Field(min_length=1, max_length=255)] = None
    broker_port: Port | None = None
    site: SiteName = "site"
    token_h: Annotated[float, Field(gt=0, le=168)] = 24.0
    certificate_days: Annotated[int, Field(ge=1, le=397)] = 90
    badge_keys: Annotated[list[PublicKey], Field(max_length=2)] = Field(default_factory=list)


class CloudSettings(Settings):
    """Everything the cloud is told."""

    web: WebSettings = WebSettings()
    broker: BrokerSettings = BrokerSettings()
    ledger: LedgerSettings
    series: SeriesSettings
    access: AccessSettings = AccessSettings()
    command: CommandSettings = CommandSettings()
    enrol: EnrolSettings = EnrolSettings()


def load_cloud(path: Path) -> CloudSettings:
    """Read the settings. Raises SettingsError naming file, key, value and remedy."""
    return load(path, CloudSettings)
