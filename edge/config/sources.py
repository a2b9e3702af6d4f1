"""Where pictures come from. `replay` sources are not live: they are refused together with a real barrier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar, Final, Literal

from pydantic import BeforeValidator, Field

from contract.settings_file import Settings


def _as_path(value: object) -> object:
    return Path(value).expanduser() if isinstance(value, str) else value


FilePath = Annotated[Path, BeforeValidator(_as_path)]
Pixels = Annotated[int, Field(ge=16, le=8192)]
Fps = Annotated[float, Field(gt=0, le=240)]
Latency = Annotated[float, Field(ge=0, le=2)]


class V4l2Colour(Settings):
    """A camera of this machine."""

    replay: ClassVar[bool] = False
    source: Literal["v4l2"]
    device: str = "/dev/video0"
    width: Pixels = 640
    height: Pixels = 480
    fps: Fps = 25.0
    latency_s: Latency = 0.05


class RtspColour(Settings):
    """A network camera."""

    replay: ClassVar[bool] = False
    source: Literal["rtsp"]
    url: Annotated[str, Field(pattern=r"^rtsps?://")]
    width: Pixels = 640
    height: Pixels = 480
    latency_s: Latency = 0.09


class VideoColour(Settings):
    """A video file, played in its own time and from the start again."""

    replay: ClassVar[bool] = True
    source: Literal["video"]
    path: FilePath
    width: Pixels = 640
    height: Pixels = 480
    latency_s: Latency = 0.0


class FolderColour(Settings):
    """A folder of pictures, each held before the camera for a while, with sensor noise and a trembling of less than a pixel."""

    replay: ClassVar[bool] = True
    source: Literal["folder"]
    path: FilePath
    width: Pixels = 640
    height: Pixels = 480
    fps: Fps = 25.0
    hold_s: Annotated[float, Field(gt=0, le=3600)] = 3.0
    latency_s: Latency = 0.0


class SimulatedColour(Settings):
    """The colour camera of the simulated world (`[simulation]`)."""

    replay: ClassVar[bool] = True
    source: Literal["simulated"]
    width: Pixels = 640
    height: Pixels = 480
    fps: Fps = 25.0
    latency_s: Latency = 0.0


class ThermalColour(Settings):
    """No colour camera: faces are found in the thermal picture itself, drawn in grey (`screening.mask` must be false).

    `width` and `height` are those of the turned thermal picture times one whole number; 3 suits 160x120.
    """

    replay: ClassVar[bool] = False
    source: Literal["thermal"]
    width: Pixels = 360
    height: Pixels = 480


class CptvThermal(Settings):
    """A CPTV recording of a Lepton (160x120, centikelvin), played in its own time and from the start again."""

    replay: ClassVar[bool] = True
    source: Literal["cptv"]
    path: FilePath
    rows: Pixels = 120
    cols: Pixels = 160
    latency_s: Latency = 0.0


class LeptonSpiThermal(Settings):
    """A FLIR Lepton 3.5 (160x120) or 2.5 (80x60) on the SPI and I2C of this machine; it is set to TLinear at 0.01 K."""

    replay: ClassVar[bool] = False
    source: Literal["lepton_spi"]
    spi_bus: Annotated[int, Field(ge=0, le=9)] = 0
    spi_device: Annotated[int, Field(ge=0, le=9)] = 0
    spi_hz: Annotated[int, Field(ge=2_000_000, le=20_000_000)] = 20_000_000
    i2c_bus: Annotated[int, Field(ge=0, le=99)] = 1
    rows: Pixels = 120
    cols: Pixels = 160
    latency_s: Latency = 0.1


class LeptonUvcThermal(Settings):
    """A FLIR Lepton 3.5 (160x120) or 2.5 (80x60) behind a PureThermal board on USB. `device = "auto"` finds the board."""

    replay: ClassVar[bool] = False
    source: Literal["lepton_uvc"]
    device: str = "auto"
    rows: Pixels = 120
    cols: Pixels = 160
    latency_s: Latency = 0.12


class InfirayThermal(Settings):
    """An InfiRay P2 Pro or Topdon TC001 (256x192, 25 Hz) on USB. `device = "auto"` finds it."""

    replay: ClassVar[bool] = False
    source: Literal["infiray"]
    device: str = "auto"
    rows: Literal[192] = 192
    cols: Literal[256] = 256
    latency_s: Latency = 0.08


class IsapiThermal(Settings):
    """A network thermal camera of the Hikvision family: whole pictures of temperatures over HTTP (ISAPI), about one a second.

    `rows` and `cols` are those of its sensor; `period_s` is how often it is asked. A verdict needs a new picture at least every
    0.9 s. The password stands alone in a file that only the gate may read.
    """

    replay: ClassVar[bool] = False
    source: Literal["isapi"]
    url: Annotated[str, Field(pattern=r"^https?://[^/@\s]+$")]
    channel: Annotated[int, Field(ge=1, le=64)] = 2
    user: Annotated[str, Field(min_length=1, max_length=64)]
    password_file: FilePath
    period_s: Annotated[float, Field(ge=0.1, le=2)] = 0.5
    rows: Pixels
    cols: Pixels
    latency_s: Latency = 0.2


class Mlx90640Thermal(Settings):
    """A Melexis MLX90640 (32x24) on the I2C of this machine. Its readings only advise: nobody passes by them.

    `refresh_hz` counts sub-pages, two of which make a picture; the bus must be quick enough (400 kHz for 8 Hz).
    """

    replay: ClassVar[bool] = False
    source: Literal["mlx90640"]
    i2c_bus: Annotated[int, Field(ge=0, le=99)] = 1
    address: Annotated[int, Field(ge=0x08, le=0x77)] = 0x33
    refresh_hz: Literal[4, 8, 16, 32] = 8
    resolution_bits: Literal[16, 17, 18, 19] = 18
    rows: Literal[24] = 24
    cols: Literal[32] = 32
    latency_s: Latency = 0.06


class Mlx90641Thermal(Settings):
    """A Melexis MLX90641 (16x12) on the I2C of this machine, for presence only: `screening.temperature` must be false."""

    replay: ClassVar[bool] = False
    source: Literal["mlx90641"]
    i2c_bus: Annotated[int, Field(ge=0, le=99)] = 1
    address: Annotated[int, Field(ge=0x08, le=0x77)] = 0x33
    refresh_hz: Literal[2, 4, 8, 16, 32] = 4
    resolution_bits: Literal[16, 17, 18, 19] = 18
    rows: Literal[12] = 12
    cols: Literal[16] = 16
    latency_s: Latency = 0.12


class Amg8833Thermal(Settings):
    """A Panasonic AMG8833 (8x8, 10 Hz) on the I2C of this machine, for presence only: `screening.temperature` must be false."""

    replay: ClassVar[bool] = False
    source: Literal["amg8833"]
    i2c_bus: Annotated[int, Field(ge=0, le=99)] = 1
    address: Literal[0x68, 0x69] = 0x69
    rows: Literal[8] = 8
    cols: Literal[8] = 8
    latency_s: Latency = 0.05


class SimulatedThermal(Settings):
    """The thermal camera of the simulated world: raw centikelvin counts, 160x120."""

    replay: ClassVar[bool] = True
    source: Literal["simulated"]
    rows: Pixels = 120
    cols: Pixels = 160
    fps: Fps = 25.0
    latency_s: Latency = 0.0


class NoThermal(Settings):
    """No thermal camera: only with `screening.temperature = false`."""

    replay: ClassVar[bool] = False
    source: Literal["none"]


ColourConfig = Annotated[
    V4l2Colour | RtspColour | VideoColour | FolderColour | SimulatedColour | ThermalColour, Field(discriminator="source")
]
ThermalConfig = Annotated[
    CptvThermal
    | LeptonSpiThermal
    | LeptonUvcThermal
    | InfirayThermal
    | IsapiThermal
    | Mlx90640Thermal
    | Mlx90641Thermal
    | Amg8833Thermal
    | SimulatedThermal
    | NoThermal,
    Field(discriminator="source"),
]

ADVISORY: Final = (Mlx90640Thermal,)
"""Thermal sources whose temperatures only advise: nobody passes by them."""

PRESENCE_ONLY: Final = (Mlx90641Thermal, Amg8833Thermal)
"""Thermal sources that can never give a temperature: too few pixels on a face, and too unsure of each."""

SLOW: Final = (IsapiThermal,)
"""Thermal sources with about one picture a second. They leave repeated pictures out by themselves."""

STEADY: Final = (Mlx90640Thermal, Mlx90641Thermal, Amg8833Thermal, SimulatedThermal)
"""Thermal sources whose pictures never stop for a shutter event."""


SensorEffect = Literal["blur", "stray", "pattern", "lines", "noise", "filter", "drift", "air"]


def _usual_effects() -> list[SensorEffect]:
    return ["blur", "pattern", "lines", "noise", "filter", "drift"]


class SimulationConfig(Settings):
    """The one seeded world behind the simulated cameras.

    `scene = "walk_up"` plays drawn people, `"walk_around"` one who walks about for `menshen-edge calibrate`; `"photographs"`
    shows the pictures of `manifest` (CSV with columns file, x1, y1, x2, y2, mask, core_c; one row a face), each for `hold_s`.
    `effects` are those of the thermal sensor: leave one out to see what it does to a reading, or add `stray`, light from up
    to 8 pixels away, or `air`, what the way takes. `cameras = "apart"` puts the thermal camera some centimetres beside the
    colour camera, where `seed` says, and gives it a lens that bends. `late_s` is what it really takes from light to array;
    left out, `thermal.latency_s` is true. `circuit = true` simulates the wires too, from the GPIO lines to the arm, so that a
    barrier on lines may be named: nothing real moves. Such a gate is judged as a real one, and its cameras can be hurt.
    `sensors = true` puts a simulated SCD4x and SHT4x on every I2C bus that `[[sensors.i2c]]` names.
    """

    scene: Literal["walk_up", "walk_around", "photographs"] = "walk_up"
    cameras: Literal["flat", "apart"] = "flat"
    late_s: Annotated[float | None, Field(ge=0, le=1)] = None
    seed: int = 1
    manifest: FilePath | None = None
    hold_s: Annotated[float, Field(gt=0, le=60)] = 2.0
    gap_s: Annotated[float, Field(ge=0, le=60)] = 0.8
    ambient_c: Annotated[float, Field(ge=-20, le=50)] = 22.0
    noise_c: Annotated[float, Field(ge=0, le=5)] = 0.042
    effects: list[SensorEffect] = Field(default_factory=_usual_effects)
    once: bool = False
    circuit: bool = False
    sensors: bool = False
