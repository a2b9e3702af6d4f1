"""Whether this gate is still being set up."""

from __future__ import annotations

from contract.settings_file import Settings


class SetUpConfig(Settings):
    """A gate as the installer leaves it: as long as it is `unfinished` nobody is let in, and the visitor's screen says why.

    The last step of the first set-up, on the technician's page, takes this table out again.
    """

    unfinished: bool = False
