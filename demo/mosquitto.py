"""Getting mosquitto: the system's, else Debian packages unpacked in a folder of ours. No root, no service, no trace elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from contract.errors import MenshenError

_PLACES: Final = os.pathsep.join(("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/sbin"))
_DEB: Final = re.compile(r"^'[^']+' (?P<package>[a-z0-9][a-z0-9+.-]+)_\S+\.deb ")
_REMEDY: Final = "Install it once (sudo apt-get install mosquitto), or make the package server reachable, and start again."


class NoBrokerError(MenshenError, OSError):
    """The demo needs mosquitto, and it can neither be found nor fetched nor started."""


@dataclass(frozen=True, slots=True)
class Mosquitto:
    """A broker that can be started.

    Attributes:
        binary, passwd_tool: the programs.
        libraries: folders with shared libraries the system does not have.
    """

    binary: Path
    passwd_tool: Path
    libraries: tuple[Path, ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        """The environment to start the programs in."""
        before = [os.environ["LD_LIBRARY_PATH"]] if os.environ.get("LD_LIBRARY_PATH") else []
        path = os.pathsep.join([str(folder) for folder in self.libraries] + before)
        return os.environ | {"LD_LIBRARY_PATH": path} if path else dict(os.environ)


def find_mosquitto(unpack_into: Path, say: Callable[[str], None] = print) -> Mosquitto:
    """The system's mosquitto, the one unpacked earlier, or one fetched now. Raises NoBrokerError."""
    path = os.pathsep.join((os.environ.get("PATH", ""), _PLACES))
    binary, passwd_tool = shutil.which("mosquitto", path=path), shutil.which("mosquitto_passwd", path=path)
    if binary and passwd_tool:
        return _checked(Mosquitto(Path(binary), Path(passwd_tool)))
    if (unpack_into / "complete").exists():
        return _checked(_unpacked(unpack_into))
    return unpack(unpack_into, say)


def unpack(into: Path, say: Callable[[str], None], apt_options: Sequence[str] = ()) -> Mosquitto:
    """Fetch mosquitto and the libraries this system lacks with apt, and unpack them below `into`. Raises NoBrokerError."""
    apt_get = shutil.which("apt-get")
    if apt_get is None or shutil.which("dpkg-deb") is None:
        raise NoBrokerError("mosquitto is not installed, and this system has no apt to fetch it with", remedy=_REMEDY)
    shutil.rmtree(into, ignore_errors=True)
    debs, apt = into / "debs", [apt_get, "-qq", *_private(into), *apt_options]
    debs.mkdir(parents=True)
    say("mosquitto is not installed: reading the list of packages ...")
    _run([*apt, "update"], into)
    listed = _run([*apt, "-y", "--no-install-recommends", "--print-uris", "install", "mosquitto"], into)
    packages = sorted({found["package"] for line in listed.splitlines() if (found := _DEB.match(line))})
    say(f"fetching {', '.join(packages)} ...")
    _run([*apt, "download", *packages], debs)
    for deb in sorted(debs.glob("*.deb")):
        _run(["dpkg-deb", "-x", str(deb), str(into / "root")], into)
    got = _checked(_unpacked(into))
    shutil.rmtree(into / "apt")
    shutil.rmtree(debs)
    (into / "complete").touch()
    return got


def _private(into: Path) -> list[str]:
    """Options that keep apt's lists and cache below `into` and its locks away."""
    lists, cache = into / "apt" / "lists", into / "apt" / "cache"
    (lists / "partial").mkdir(parents=True)
    (cache / "archives" / "partial").mkdir(parents=True)
    pairs = {
        "Dir::State::lists": lists,
        "Dir::Cache": cache,
        "Debug::NoLocking": 1,
        "Acquire::Retries": 2,
        "Acquire::http::Timeout": 20,
    }
    if os.geteuid() == 0:
        pairs["APT::Sandbox::User"] = "root"
    return [part for key, value in pairs.items() for part in ("-o", f"{key}={value}")]


def _unpacked(into: Path) -> Mosquitto:
    root = into / "root"
    libraries = tuple(sorted({found.parent.resolve() for found in root.glob("**/lib/**/*.so*")}))
    return Mosquitto((root / "usr/sbin/mosquitto").resolve(), (root / "usr/bin/mosquitto_passwd").resolve(), libraries)


def _checked(mosquitto: Mosquitto) -> Mosquitto:
    """Raises NoBrokerError for a program that does not start or is older than 2.0."""
    try:
        ran = subprocess.run(
            [mosquitto.binary, "-h"], env=mosquitto.environment, capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as wrong:
        raise NoBrokerError(f"mosquitto does not start ({wrong})", where=str(mosquitto.binary), remedy=_REMEDY) from wrong
    version = re.search(r"mosquitto version (\d+)", ran.stdout)
    if version is None:
        raise NoBrokerError(f"mosquitto does not start ({ran.stderr.strip()})", where=str(mosquitto.binary), remedy=_REMEDY)
    if int(version[1]) < 2:  # noqa: PLR2004 - MQTT 5 as we need it begins there
        raise NoBrokerError(
            "this mosquitto is older than 2.0", where=str(mosquitto.binary), remedy="Install version 2.0 or later."
        )
    return mosquitto


def _run(command: list[str], folder: Path) -> str:
    try:
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    except (OSError, subprocess.TimeoutExpired) as wrong:
        raise NoBrokerError(f"mosquitto could not be fetched ({wrong})", remedy=_REMEDY) from wrong
    if ran.returncode != 0:
        last = (ran.stderr.strip() or ran.stdout.strip()).splitlines()[-1:]
        raise NoBrokerError(f"mosquitto could not be fetched ({' '.join(last)})", remedy=_REMEDY)
    return ran.stdout
