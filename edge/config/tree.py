"""The whole tree, and what must hold between its tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, field_validator, model_validator

from contract.access import CLOUD_USER
from contract.message import PublicKey
from contract.settings_file import Settings, check, text_of, values_of
from contract.topics import GATE_NAME
from edge.config.acclimatisation import AcclimatisationConfig
from edge.config.admission import AdmissionConfig
from edge.config.agreements import AGREEMENTS
from edge.config.barrier import BarrierConfig
from edge.config.barrier_lines import LogBarrier
from edge.config.calibrated import with_calibration
from edge.config.entrance import InputsConfig, SignalsConfig
from edge.config.hands import HandsConfig
from edge.config.home_assistant import HomeAssistantConfig
from edge.config.i2c_exchange import load_exchange
from edge.config.kiosk import KioskConfig
from edge.config.live import LiveConfig
from edge.config.occupancy import OccupancyConfig
from edge.config.qr import QrConfig
from edge.config.record import RecordConfig
from edge.config.register_map import load_map
from edge.config.room import RoomConfig
from edge.config.sensors import ANALOGUE_UVC, SensorsConfig
from edge.config.serial_frame import load_frame
from edge.config.set_up import SetUpConfig
from edge.config.sources import ColourConfig, FilePath, NoThermal, SimulationConfig, ThermalColour, ThermalConfig
from edge.config.technician import TechnicianConfig
from edge.config.thermometry import (
    CoreConfig,
    DriftConfig,
    ReferenceConfig,
    RegistrationConfig,
    ScreeningConfig,
    SecondReferenceConfig,
    SensorConfig,
    ZoneConfig,
)
from edge.config.uvc import UvcConfig

AUTO: Final = "auto"


class BrokerConfig(Settings):
    """Where the events go. The password stands in a file of its own, readable by the gate only.

    A client certificate that ends within `certificate_warn_days` is an alarm.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 1883
    password_file: FilePath | None = None
    ca_file: FilePath | None = None
    cert_file: FilePath | None = None
    key_file: FilePath | None = None
    certificate_warn_days: Annotated[float, Field(ge=1, le=60)] = 14.0


class RenewalConfig(Settings):
    """Where the gate's certificate is renewed by itself; `menshen-edge pair` writes it.

    It begins `ahead_days` before the end, or with the last third of a certificate that does not last so long; gates that were
    paired together spread over the first tenth of that time.
    """

    url: Annotated[str | None, Field(pattern=r"^https?://[^\s#?]+$")] = None
    ahead_days: Annotated[float, Field(ge=1, le=180)] = 30.0


class UplinkConfig(Settings):
    """The events on this machine's disk and their way out.

    `share_mb` is how much of the disk they may take, never more than half of it: a million events are about 600 MB. When it is
    used up, what the cloud has goes first, then the least urgent, alerts last; the alert `dropped` names what went. `ballast_mb`
    is room kept free for the moment when somebody else has filled the disk. `clock = "kernel"` believes the machine's clock when
    the kernel says that something keeps it right (chrony, timesyncd); "wall" believes it as it is, for trying things out.
    `command_keys` are what `menshen-cloud command-key` prints, one, or two while the cloud's key is being changed; without any,
    the gate obeys no command.
    """

    database: FilePath
    broker: BrokerConfig = BrokerConfig()
    renewal: RenewalConfig = RenewalConfig()
    window: Annotated[int, Field(ge=1, le=10_000)] = 1000
    keep_h: Annotated[float, Field(gt=0, le=168)] = 24.0
    share_mb: Annotated[float, Field(ge=1, le=100_000)] = 1024.0
    clock: Literal["kernel", "wall"] = "kernel"
    ballast_mb: Annotated[float, Field(ge=0, le=1024)] = 16.0
    command_keys: Annotated[list[PublicKey], Field(max_length=2)] = Field(default_factory=list)


class ModelConfig(Settings):
    """Which network (none named means the manifest's default), what it is shown, and what runs it.

    `input` is the size a picture is fitted into, WIDTHxHEIGHT in multiples of 32; "auto" takes the quickest of 320x256, 416x320
    and 640x480 that shows the smallest near face (`zone.min_face`) large enough. `region = "auto"` looks at the zone with some
    room around it, where that is clearly less than the picture. `provider` and `threads` left out mean: as measured by
    `menshen-edge bench --store`, else the processor with one thread.
    """

    name: str | None = None
    input: str = AUTO
    region: Literal["auto", "whole"] = AUTO
    provider: Literal["cpu", "xnnpack", "acl", "cuda", "tensorrt"] | None = None
    threads: Annotated[int | None, Field(ge=1, le=64)] = None

    @field_validator("input")
    @classmethod
    def _fits_the_network(cls, size: str) -> str:
        if size != AUTO and not _fits(size):
            raise ValueError(f"{size!r}: give width and height in multiples of 32 from 64 to 1920, such as 416x320, or {AUTO}")
        return size

    @property
    def input_px(self) -> tuple[int, int] | None:
        """Width and height; None where they follow from the gate."""
        return None if self.input == AUTO else _sides(self.input)


def _fits(size: str) -> bool:
    return re.fullmatch(r"[1-9]\d*x[1-9]\d*", size) is not None and all(
        side % 32 == 0 and 64 <= side <= 1920  # noqa: PLR2004 as the settings say
        for side in _sides(size)
    )


def _sides(size: str) -> tuple[int, int]:
    width, height = (int(side) for side in size.split("x"))
    return width, height


class GateConfig(Settings):
    """Everything one gate is told."""

    gate: Annotated[str, Field(pattern=f"^{GATE_NAME.pattern}$")]
    colour: ColourConfig
    thermal: ThermalConfig
    reference: ReferenceConfig | None = None
    second_reference: SecondReferenceConfig | None = None
    registration: RegistrationConfig | None = None
    sensor: SensorConfig = SensorConfig()
    screening: ScreeningConfig = ScreeningConfig()
    core: CoreConfig = CoreConfig()
    acclimatisation: AcclimatisationConfig = AcclimatisationConfig()
    drift: DriftConfig = DriftConfig()
    zone: ZoneConfig = ZoneConfig()
    admission: AdmissionConfig = AdmissionConfig()
    hands: HandsConfig = HandsConfig()
    barrier: BarrierConfig = LogBarrier(kind="log")
    inputs: InputsConfig = InputsConfig()
    occupancy: OccupancyConfig = OccupancyConfig()
    room: RoomConfig | None = None
    signals: SignalsConfig = SignalsConfig()
    uplink: UplinkConfig
    kiosk: KioskConfig = KioskConfig()
    live: LiveConfig = LiveConfig()
    qr: QrConfig = QrConfig()
    sensors: SensorsConfig = SensorsConfig()
    uvc: UvcConfig = UvcConfig()
    home_assistant: HomeAssistantConfig = HomeAssistantConfig()
    technician: TechnicianConfig = TechnicianConfig()
    set_up: SetUpConfig = SetUpConfig()
    model: ModelConfig = ModelConfig()
    record: RecordConfig = RecordConfig()
    simulation: SimulationConfig = SimulationConfig()

    @property
    def live_address(self) -> str | None:
        """Where pictures go when a guard looks; None where nobody may."""
        return (self.live.url or self.uplink.renewal.url) if self.live.allowed else None

    @property
    def bodies(self) -> tuple[ReferenceConfig, ...]:
        """The heated bodies in view of the thermal camera, the first one first."""
        return tuple(body for body in (self.reference, self.second_reference) if body is not None)

    @property
    def replay(self) -> bool:
        """Whether any picture is not live."""
        return self.colour.replay or self.thermal.replay

    @property
    def drawn_scale(self) -> int | None:
        """Pixels of the drawn picture per thermal pixel; None where there is a colour camera."""
        if not isinstance(self.colour, ThermalColour) or isinstance(self.thermal, NoThermal):
            return None
        return self.colour.width // self.upright_px[0]

    @property
    def upright_px(self) -> tuple[int, int]:
        """Columns and rows of the thermal picture after turning."""
        thermal = self.thermal
        if isinstance(thermal, NoThermal):
            return 0, 0
        return (thermal.rows, thermal.cols) if self.sensor.rotate % 180 else (thermal.cols, thermal.rows)

    @field_validator("gate")
    @classmethod
    def _not_the_cloud(cls, name: str) -> str:
        if name == CLOUD_USER:
            raise ValueError(f"{name!r} is the cloud's own account at the broker; give the gate another name")
        return name

    @model_validator(mode="after")
    def _tables_agree(self) -> Self:
        for look in AGREEMENTS:
            look(self)
        return self


def load_gate(path: Path) -> GateConfig:
    """A gate's settings, with the calibration and files of devices they name. Raises SettingsError: file, key, value, remedy."""
    return gate_of(text_of(path), path)


def gate_of(text: str, path: Path) -> GateConfig:
    """The settings of a gate whose file `path` says `text`. Raises SettingsError as `load_gate` does."""
    values = values_of(text, where=str(path))
    told = with_calibration(check(values, GateConfig, where=str(path)), path.parent)
    for name in {one.map for one in told.sensors.modbus}:
        load_map(name)
    for name in {one.driver for one in told.sensors.serial}:
        load_frame(name)
    for name in {one.driver for one in told.sensors.i2c if one.driver != ANALOGUE_UVC}:
        load_exchange(name)
    return told
