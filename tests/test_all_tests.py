from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.__main__ import after_both, counted, failures, main


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("=== 4 failed, 410 passed, 26 skipped in 1924.87s (0:32:04) ===\n", {"failed": 4, "passed": 410, "skipped": 26}),
        ("2 passed, 21 deselected in 2.32s\n", {"passed": 2, "deselected": 21}),
        ("no tests ran in 0.14s\n", {}),
        ("E   3 passed, said the log in 1.0s\n", {}),
    ],
)
def test_the_last_line_of_pytest_is_counted_and_no_other(line: str, counts: dict[str, int]) -> None:
    assert counted(line) == counts


def test_what_passes_the_second_time_is_no_failure_and_what_fails_again_is() -> None:
    first = Counter({"passed": 10, "failed": 2, "error": 1, "skipped": 4})
    both = after_both(first, Counter({"passed": 2, "failed": 1, "deselected": 3}))
    assert both == Counter({"passed": 12, "failed": 1, "skipped": 4})
    assert (failures(first), failures(both)) == (3, 1)


def test_a_failing_test_is_tried_once_more_and_what_fails_again_fails_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "conftest.py").write_text("def pytest_configure(config):\n    config.addinivalue_line('markers', 'alone: x')\n")
    (tmp_path / "test_shaky.py").write_text(
        "from pathlib import Path\n\ndef test_shaky():\n    seen = Path('seen')\n    before = seen.exists()\n    seen.touch()\n"
        "    assert before\n\ndef test_firm():\n    pass\n"
    )
    monkeypatch.chdir(tmp_path)
    assert main(["--rootdir", str(tmp_path), "-c", "/dev/null"]) == 0
    assert "1 passed only at the second time" in capfd.readouterr().out
    (tmp_path / "test_broken.py").write_text("def test_broken():\n    assert False\n")
    assert main(["--rootdir", str(tmp_path), "-c", "/dev/null"]) == 1
    assert "1 failed" in capfd.readouterr().out.splitlines()[-1]
