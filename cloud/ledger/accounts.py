"""What an account, or a token, can be called."""

from __future__ import annotations

from typing import Final

NAME: Final = r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,62}"
"""`:` is not in it: `token:report` is no account."""
