"""What the processes of one gate share while they run: a folder on a memory file system, this user's alone."""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import shutil
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Self

from contract.errors import MenshenError
from edge.board import BOARD_BYTES, Board
from edge.config import GateConfig
from edge.config.effect import ANSWERED, ASKED
from edge.config.sources import NoThermal
from edge.frame_shape import FrameShape, make_room
from edge.records import RecordRing
from edge.sim.circuit.lines import Lines

if TYPE_CHECKING:
    from edge.frames import FrameRing

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - memory, not disk: a folder of mode 0700 in it
BOARDS: Final = (
    *("heads", "lamp", "duty", "washed", "dispensers", "sensors", "home_assistant"),
    *("supervisor", "colour", "thermal", "gate", "health", "outdoors", "uplink", "orders", "kiosk"),
    *("circuit", "hand", "room", "gas"),
    *("technician", "session", ASKED, ANSWERED, "looking", "seen", "on_site", "help", "qr"),
)
BOARD_SIZES: Final = {"sensors": 1_048_576}
"""Of those that need another size, bytes: one reading of a sensor takes about 100. Only what is written takes memory."""


def colour_form(config: GateConfig) -> FrameShape:
    return FrameShape(config.colour.height, config.colour.width, 3, "uint8")


def thermal_form(config: GateConfig) -> FrameShape | None:
    if isinstance(config.thermal, NoThermal):
        return None
    return FrameShape(config.thermal.rows, config.thermal.cols, 1, "uint16")


def folder_of(gate: str) -> Path:
    """Where a gate of this user runs."""
    return MEMORY / f"menshen-{os.getuid()}-{gate}"


def locked(folder: Path) -> IO[str] | None:
    """The lock of whoever uses the gate's cameras, held until it is closed; None where somebody else has it."""
    lock = (folder / "lock").open("w", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


class RunDir:
    """Paths and openings of what is shared. `create` is the supervisor's; everybody else opens."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, config: GateConfig, settings: Path | None = None) -> tuple[Self, IO[str]]:
        """Make the folder, the rings and the boards. Returns the lock to keep open while running.

        `settings`: the file the gate was told by; None where there is none to change. Records an earlier run left uncommitted
        are kept. Raises MenshenError when this gate runs already.
        """
        path = folder_of(config.gate)
        path.mkdir(mode=0o700, exist_ok=True)
        lock = locked(path)
        if lock is None:
            raise MenshenError(
                f"gate {config.gate} runs already on this machine, or somebody records with its camera",
                where=str(path),
                remedy="Stop the other one first.",
            )
        self = cls(path)
        self._fill(config)
        self._settings.unlink(missing_ok=True)
        if settings is not None:
            self._settings.symlink_to(settings.resolve())
        return self, lock

    def renewed(self, config: GateConfig, lock: IO[str]) -> tuple[Self, IO[str]]:
        """The folder for other settings, while no process but the supervisor lives; what stands on the boards stays.

        To every process it is as if it had been started again. Raises MenshenError where the settings name another gate, and
        that one runs already.
        """
        if folder_of(config.gate) == self.path:
            self._shape(config)
            return self, lock
        other, lock_of_other = self.create(config, self.settings)
        for name in BOARDS:
            note = self.board(name)
            if (said := note.read()) is not None:
                other.board(name).post(said, note.beat_s)
        self.remove()
        lock.close()
        return other, lock_of_other

    @classmethod
    def running(cls, gate: str) -> Self:
        """The folder of a gate that this user runs on this machine now. Raises MenshenError where it does not run."""
        path = folder_of(gate)
        try:
            with (path / "lock").open("r", encoding="ascii") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return cls(path)
        except FileNotFoundError:
            pass
        raise MenshenError(
            f"gate {gate} does not run on this machine for the user {getpass.getuser()}",
            where=str(path),
            remedy="Start it first, or say this as the user who runs it (`sudo -u USER menshen-edge ...`).",
        )

    def _fill(self, config: GateConfig) -> None:
        for name in BOARDS:
            Board.create(self._board(name), BOARD_SIZES.get(name, BOARD_BYTES)).close()
        self._shape(config)

    def _shape(self, config: GateConfig) -> None:
        """What depends on the settings."""
        self.config_path.write_text(config.model_dump_json(), encoding="utf-8")
        self.config_path.chmod(0o600)
        (self.path / "epoch").write_text(repr(time.monotonic()), encoding="ascii")
        for records in (self.records_path, self.room_records_path, self.sensor_records_path):
            if not records.exists():
                RecordRing.create(records).close()
        if config.simulation.circuit:
            Lines.create(self.lines_path).close()
            Lines.create(self.room_lines_path).close()
        for form, ring in ((colour_form(config), "colour.frames"), (thermal_form(config), "thermal.frames")):
            (self.path / ring).unlink(missing_ok=True)  # another size must not move under whoever still looks at the old one
            if form is not None:
                make_room(self.path / ring, form)

    @property
    def config_path(self) -> Path:
        return self.path / "gate.json"

    @property
    def _settings(self) -> Path:
        return self.path / "settings"

    @property
    def settings(self) -> Path | None:
        """The file the gate was told by; None where there is none to change."""
        return self._settings.readlink() if self._settings.is_symlink() else None

    @property
    def records_path(self) -> Path:
        return self.path / "records"

    @property
    def room_records_path(self) -> Path:
        return self.path / "room.records"

    @property
    def sensor_records_path(self) -> Path:
        return self.path / "sensor.records"

    @property
    def lines_path(self) -> Path:
        """The GPIO lines of a simulated circuit, as far as the gate's process has them."""
        return self.path / "lines"

    @property
    def room_lines_path(self) -> Path:
        """The same of the room's process: each writes its own."""
        return self.path / "room.lines"

    @property
    def wake_path(self) -> Path:
        return self.path / "wake"

    def _board(self, name: str) -> Path:
        return self.path / f"{name}.board"

    def board(self, name: str) -> Board:
        return Board(self._board(name))

    def log_board(self, part: str) -> Board:
        """Where the last log lines of a process stand; made where it is not there yet."""
        file = self._board(f"log-{part}")
        return Board(file) if file.exists() else Board.create(file)

    def log_boards(self) -> list[Board]:
        """Those of every process that has said something."""
        return [Board(file) for file in sorted(self.path.glob("log-*.board"))]

    def records(self) -> RecordRing:
        return RecordRing(self.records_path)

    def room_records(self) -> RecordRing:
        """What the room's process has to tell: a ring has one producer."""
        return RecordRing(self.room_records_path)

    def sensor_records(self) -> RecordRing:
        """What facility sensors say: a ring has one producer."""
        return RecordRing(self.sensor_records_path)

    def config(self) -> GateConfig:
        # As Python values, as they came from the TOML file: pydantic's strict JSON mode takes no path that became one already.
        return GateConfig.model_validate(json.loads(self.config_path.read_bytes()))

    def colour_ring(self, config: GateConfig) -> FrameRing:
        from edge.frames import FrameRing  # brings numpy, which half of the processes do without

        return FrameRing(self.path / "colour.frames", colour_form(config))

    def thermal_ring(self, config: GateConfig) -> FrameRing | None:
        from edge.frames import FrameRing

        form = thermal_form(config)
        return FrameRing(self.path / "thermal.frames", form) if form else None

    @property
    def epoch_s(self) -> float:
        """Monotonic time at which this run began: the simulated world's zero, the same in every process."""
        return float((self.path / "epoch").read_text(encoding="ascii"))

    def remove(self) -> None:
        """Take the folder away; uncommitted records stay for the next run."""
        rings = (self.records(), self.room_records(), self.sensor_records())
        waiting = sum(ring.written - ring.committed for ring in rings)
        for ring in rings:
            ring.close()
        if not waiting:
            shutil.rmtree(self.path, ignore_errors=True)
