"""`menshen-edge`: the command of the gate."""

from __future__ import annotations

from edge.commands import main

if __name__ == "__main__":
    main()
