"""The screen's own unit tests, and what its build must keep to."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess

import pytest

from tests.web.scripted_cloud import DIST

WEB = DIST.parent
KILOBYTE = 1000


def test_the_pure_parts_pass_their_own_tests() -> None:
    if shutil.which("npm") is None or not (WEB / "node_modules").exists():
        pytest.skip("needs Node and npm ci in cloud/web")
    done = subprocess.run(["npm", "test", "--silent"], cwd=WEB, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_first_load_is_small() -> None:
    if not DIST.exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    page = (DIST / "index.html").read_text(encoding="utf-8")
    named = [DIST / name for name in re.findall(r'(?:src|href)="/([^"]+)"', page)]
    assert len(named) >= 2
    size = sum(len(gzip.compress(file.read_bytes())) for file in [DIST / "index.html", *named])
    print(f"first load: {size / KILOBYTE:.1f} kB compressed")
    assert size <= 150 * KILOBYTE


def test_the_lock_file_has_hashes_and_no_addresses() -> None:
    lock = (WEB / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    packages = json.loads(lock)["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)


def test_every_version_is_exact() -> None:
    package = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    for versions in (package["dependencies"], package["devDependencies"]):
        assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())


def test_the_built_page_loads_nothing_from_elsewhere_and_inlines_nothing() -> None:
    if not DIST.exists():
        pytest.skip("needs the built screen: npm ci && npm run build in cloud/web")
    page = (DIST / "index.html").read_text(encoding="utf-8")
    assert not re.search(r'(src|href)="(?!/)', page)
    assert not re.search(r"<style|style=|<script(?![^>]*src=)", page)
