"""The process that reads badges, with the shared memory of a real gate."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from edge.app.generation import parts_of
from edge.app.qr_part import run_qr, used_file
from edge.app.rundir import RunDir
from edge.config import GateConfig
from tests.kiosk.conftest import living, until
from tests.qr.codes import SITE, Signer, phone


def gate(folder: Path, cloud: Signer | None) -> GateConfig:
    keys = [] if cloud is None else [cloud.public]
    return GateConfig.model_validate(
        {
            "gate": f"qr-{abs(hash(folder)) % 10**9}",
            "colour": {"source": "simulated"},
            "thermal": {"source": "none"},
            "screening": {"temperature": False},
            "uplink": {"database": folder / "gate.db"},
            "qr": {"keys": keys, "site": SITE},
        }
    )


def test_a_pass_before_the_camera_is_told_to_the_gate_and_noted_on_disk_first(tmp_path: Path) -> None:
    cloud = Signer()
    config = gate(tmp_path, cloud)
    rundir, lock = RunDir.create(config)
    text = cloud.visitor_pass("p-77", issued_s=int(datetime.now(UTC).timestamp()))
    ring, board = rundir.colour_ring(config), rundir.board("qr")
    try:
        with living(lambda stop: run_qr(rundir, stop)):
            shown = threading.Event()
            while not shown.wait(0.05) and board.read() is None:
                ring.write(phone(text), time.monotonic())
            until(lambda: (board.read() or {}).get("holder") == "p-77")
        assert used_file(config.uplink.database).is_file()
    finally:
        rundir.remove()
        lock.close()


def test_a_gate_without_a_key_has_no_such_process(tmp_path: Path) -> None:
    for cloud in (None, Signer()):
        config = gate(tmp_path, cloud)
        rundir, lock = RunDir.create(config)
        try:
            names = [part.name for part in parts_of(config, rundir)]
        finally:
            rundir.remove()
            lock.close()
        assert ("qr" in names) is (cloud is not None)
