"""`menshen-cloud` and `python -m cloud`."""

from __future__ import annotations

from cloud.commands import app


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
