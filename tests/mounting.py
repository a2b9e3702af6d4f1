"""Small disks for tests: a real file system in memory, which needs root."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def _may_mount() -> bool:
    unshare = shutil.which("unshare")
    return os.geteuid() == 0 and unshare is not None and subprocess.run([unshare, "-m", "true"], check=False).returncode == 0


mounting = pytest.mark.skipif(not _may_mount(), reason="mounting a small disk needs root and a mount namespace of its own")
