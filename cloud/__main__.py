"""`menshen-cloud` and `python -m cloud`."""

from __future__ import annotations

from cloud.commands import app
from contract.console import told


def main() -> None:
    """Run the command line; a refusal ends with exit code 2."""
    told(app)


if __name__ == "__main__":
    main()
