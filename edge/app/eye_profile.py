"""What `menshen-edge bench --store` found out about this machine, beside the gate's database, for the next start."""

from __future__ import annotations

import json
import logging
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from contract.errors import MenshenError
from edge.config import GateConfig
from edge.vision.network import PROVIDERS, RUNTIME_VERSION, Runner

_log = logging.getLogger(__name__)
_CPU_INFO: Final = Path("/proc/cpuinfo")
_BOARD: Final = Path("/proc/device-tree/model")
_AGAIN: Final = "measure again with `menshen-edge bench --store`"


@dataclass(frozen=True, slots=True)
class EyeProfile:
    """The quickest runner that answers as it should, and what that was true of.

    Attributes:
        provider, threads: as in `Runner`.
        model_sha256, runtime, processor: it holds for this network, onnxruntime and machine only.
    """

    provider: str
    threads: int
    model_sha256: str
    runtime: str
    processor: str

    @classmethod
    def of(cls, runner: Runner, model_sha256: str) -> EyeProfile:
        return cls(runner.provider, runner.threads, model_sha256, RUNTIME_VERSION, processor())


def profile_path(config: GateConfig) -> Path:
    """Where the gate of these settings keeps it."""
    return config.uplink.database.expanduser().with_suffix(".eye.json")


def store(profile: EyeProfile, path: Path) -> None:
    """Raises MenshenError where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".new")
        fresh.write_text(json.dumps(asdict(profile), indent=2) + "\n", encoding="utf-8")
        fresh.replace(path)
    except OSError as refused:
        what = f"the measurement cannot be stored ({refused.strerror})"
        raise MenshenError(what, where=str(path), remedy="Give the folder of uplink.database to this user.") from refused


def stored_runner(path: Path, model_sha256: str) -> Runner | None:
    """What was measured; None, with one line in the log, where that was another network, runtime or machine, or is unreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as unreadable:
        _log.warning("%s is not used: it cannot be read (%s)", path, unreadable)
        return None
    profile = _profile(text)
    if profile is None:
        _log.warning("%s is not used: it is damaged; %s", path, _AGAIN)
        return None
    runner = Runner(profile.provider, profile.threads)
    stale = _stale(profile, EyeProfile.of(runner, model_sha256))
    if stale:
        _log.warning("%s is not used: it was measured with another %s; %s", path, stale, _AGAIN)
        return None
    return runner


def _profile(text: str) -> EyeProfile | None:
    try:
        profile = EyeProfile(**json.loads(text))
    except (ValueError, TypeError):
        return None
    sound = profile.provider in PROVIDERS and profile.threads in range(1, 65)
    return profile if sound else None


def _stale(profile: EyeProfile, now: EyeProfile) -> str | None:
    if profile.model_sha256 != now.model_sha256:
        return "network"
    if profile.runtime != now.runtime:
        return f"onnxruntime ({profile.runtime}, now {now.runtime})"
    return "processor" if profile.processor != now.processor else None


def processor() -> str:
    """The machine's processor by name: of a board its own name, else what the kernel says of the processor."""
    if _BOARD.is_file():
        return _BOARD.read_text(encoding="utf-8", errors="replace").strip("\0\n ")
    names = [line.partition(":")[2].strip() for line in _cpu_lines() if line.startswith("model name")]
    return f"{platform.machine()} {names[0] if names else ''}".strip()


def _cpu_lines() -> list[str]:
    return _CPU_INFO.read_text(encoding="utf-8", errors="replace").splitlines() if _CPU_INFO.is_file() else []
