"""Where the reference pictures lie."""

import os
from pathlib import Path

import pytest


def faces_folder() -> Path:
    """The folder of labelled faces; skips the test where the reference data are not given."""
    root = os.environ.get("MENSHEN_REFERENCE_DATA")
    if not root:
        pytest.skip("the reference data are not given (MENSHEN_REFERENCE_DATA)")
    folder = Path(root) / "faces"
    if not (folder / "manifest.csv").is_file():
        pytest.skip(f"MENSHEN_REFERENCE_DATA={root} holds no faces/manifest.csv")
    return folder
