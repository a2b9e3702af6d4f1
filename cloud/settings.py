"""The cloud's settings: one frozen tree, read once, handed out in slices. Relative paths count from the working directory."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from cloud.facilities import FacilitySettings
from cloud.levels import LevelSettings
from cloud.periods import RetentionSettings
from cloud.staffing import StaffSettings, TimeOfDay, known_zone
from cloud.supplies import SupplySettings
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
MAIL_ADDRESS: Final = r"^[^@\s<>,;]{1,64}@[A-Za-z0-9.-]{1,255}$"
StepTimes = Annotated[list[Annotated[float, Field(ge=0, le=86_400)]], Field(max_length=9)]


def _network(text: str) -> str:
    return str(ip_network(text))


Network = Annotated[str, AfterValidator(_network)]


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
    """The record: an SQLAlchemy URL, `sqlite:///ledger.db` or `postgresql+psycopg://...`.

    `head_key_file` signs every hour where the chain over the ledger ends; it is made at the first start where there is none.
    Without a name it lies beside an embedded ledger (`ledger.db.heads.key`), and a ledger on a server is not signed.
    """

    url: Annotated[str, Field(pattern=r"^(sqlite|postgresql(\+psycopg)?)://")]
    head_key_file: FilePath | None = None


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
    """Who may look. The password of `initial_password_file` is used once, while the ledger knows no account of that name.

    A session lasts `session_h` hours, the length of a shift; an administrator's ends when nothing is done for `admin_idle_min`.
    """

    admin: Name = "admin"
    initial_password_file: FilePath | None = None
    session_h: Annotated[float, Field(gt=0, le=24)] = 12.0
    admin_idle_min: Annotated[float, Field(ge=1, le=1440)] = 15.0


class CaseSettings(Settings):
    """Recheck areas. `limit_c`: from which a contact thermometer's reading is high (our own default: no notice gives one)."""

    limit_c: Annotated[float, Field(ge=35, le=42)] = 37.3


class OidcRole(Settings):
    """Whoever has `value` in the provider's claim has `role` here, at `site` and below. The first that fits counts."""

    value: Annotated[str, Field(min_length=1, max_length=200)]
    role: Literal["guard", "facilities", "supervisor", "inspector", "administrator"]
    site: Annotated[str, Field(max_length=200)] = ""


class OidcSettings(Settings):
    """A provider (OpenID Connect) that people sign in with. Without `[oidc]` there is none.

    `redirect_url` is this cloud's address with `/api/oidc/callback`; the provider has to know it. `user_claim` becomes the name
    of the account, `role_claim` is a text or a list that `roles` are looked up in.
    """

    name: Annotated[str, Field(min_length=1, max_length=40)] = "OpenID"
    issuer: Annotated[str, Field(pattern=r"^(https://|http://(127\.0\.0\.1|localhost)[:/])")]
    client_id: Annotated[str, Field(min_length=1, max_length=200)]
    client_secret_file: FilePath
    redirect_url: Annotated[str, Field(pattern=r"^https?://[^\s?#]+/api/oidc/callback$")]
    user_claim: str = "preferred_username"
    role_claim: str = "groups"
    roles: Annotated[list[OidcRole], Field(min_length=1, max_length=50)]


class CommandSettings(Settings):
    """Commands to gates. `menshen-cloud command-key` makes the key and prints what gates have to know; no key, no commands."""

    key_file: FilePath | None = None


class EnrolSettings(Settings):
    """Pairing gates with this cloud (`menshen-cloud enrol`). Without `folder` it pairs none.

    `folder` holds the authority that the broker trusts: `ca.crt`, `ca.key`, `crl.pem`; made at the first use where there is none.
    Whoever can read it can be any gate. `url` is how gates reach this cloud, through the proxy that ends TLS; `broker_host` and
    `broker_port` how they reach the broker, where that differs from `[broker]`. `badge_keys` are the public keys of whoever
    else signs badges and passes (its own, `[badges]`, it hands on by itself).
    """

    folder: FilePath | None = None
    url: Annotated[str | None, Field(pattern=r"^https?://[^\s#?]+$")] = None
    broker_host: Annotated[str | None, Field(min_length=1, max_length=255)] = None
    broker_port: Port | None = None
    site: SiteName = "site"
    token_h: Annotated[float, Field(gt=0, le=168)] = 24.0
    certificate_days: Annotated[int, Field(ge=1, le=397)] = 90
    badge_keys: Annotated[list[PublicKey], Field(max_length=2)] = Field(default_factory=list)


class BadgeSettings(Settings):
    """Staff badges and visitors' passes. Without `key_file` this cloud issues none.

    The key is made at the first start where there is none, and gates are told its public half when they are paired; whoever can
    read the file can make any badge. To change it name the new one `next_key_file`: gates learn it from a list that the old one
    signs. When all of them have been there, it becomes `key_file`.
    """

    key_file: FilePath | None = None
    next_key_file: FilePath | None = None

    @model_validator(mode="after")
    def _changes_one_it_has(self) -> Self:
        if self.next_key_file is not None and self.key_file is None:
            raise ValueError("next_key_file follows a key_file; name that one first")
        return self


class MailSettings(Settings):
    """The mail server that takes notices. `tls`: from the start, after STARTTLS, or none; a password is never sent without."""

    host: str
    port: Port = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    ca_file: FilePath | None = None
    user: str | None = None
    password_file: FilePath | None = None
    sender: Annotated[str, Field(pattern=MAIL_ADDRESS)]


class EscalationSettings(Settings):
    """When to tell the contacts that nobody acknowledges an alarm. Contacts and webhooks are kept on the administration's screen.

    `high_s`, `medium_s`, `low_s`: after so many seconds without an acknowledgement the first contacts are told, then the next, by
    the alarm's priority; `report_s`: without a receipt of a reported case; `staff_s`: so long after a task of the staff was
    due, the leader on duty first, by the contact the register names (all our own figures). `timezone` is where
    duty is counted. Webhooks and web pushes go to public addresses only, and to the networks named in `private_networks`; they
    follow no redirection. `push_subject`: whom a browser's push service may write to about this cloud (`mailto:` or `https://`);
    without it the mail's sender.
    """

    high_s: StepTimes = Field(default_factory=lambda: [30.0, 120.0, 600.0])
    medium_s: StepTimes = Field(default_factory=lambda: [600.0, 1800.0])
    low_s: StepTimes = Field(default_factory=list)
    staff_s: StepTimes = Field(default_factory=lambda: [600.0, 1800.0])
    report_s: StepTimes = Field(default_factory=lambda: [0.0, 300.0, 900.0])
    timezone: Annotated[str, AfterValidator(known_zone)] = "UTC"
    private_networks: Annotated[list[Network], Field(max_length=20)] = Field(default_factory=list)
    push_subject: Annotated[str | None, Field(pattern=r"^(mailto:[^@\s]+@[^@\s]+|https://\S+)$")] = None
    mail: MailSettings | None = None


class ReportSettings(Settings):
    """The daily report, made every day at `at` in `timezone`, also of a day without an event (our own defaults).

    What is stored more than `late_s` seconds after it was sent is listed as late. Contacts that are told of reports get it.
    """

    at: TimeOfDay = "18:00"
    timezone: Annotated[str, AfterValidator(known_zone)] = "UTC"
    late_s: Annotated[float, Field(ge=1, le=86_400)] = 60.0


class CloudSettings(Settings):
    """Everything the cloud is told."""

    web: WebSettings = WebSettings()
    broker: BrokerSettings = BrokerSettings()
    ledger: LedgerSettings
    series: SeriesSettings
    access: AccessSettings = AccessSettings()
    oidc: OidcSettings | None = None
    cases: CaseSettings = CaseSettings()
    retention: RetentionSettings = RetentionSettings()
    command: CommandSettings = CommandSettings()
    enrol: EnrolSettings = EnrolSettings()
    badges: BadgeSettings = BadgeSettings()
    escalation: EscalationSettings = EscalationSettings()
    reports: ReportSettings = ReportSettings()
    staff: StaffSettings = StaffSettings()
    facilities: FacilitySettings = FacilitySettings()
    supplies: SupplySettings = SupplySettings()
    levels: LevelSettings = LevelSettings()


def load_cloud(path: Path) -> CloudSettings:
    """Read the settings. Raises SettingsError naming file, key, value and remedy."""
    return load(path, CloudSettings)
