"""A Lepton behind a PureThermal board: pictures and commands over USB."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from edge.errors import SourceError
from edge.vision.thermal.lepton.commands import Command
from edge.vision.thermal.lepton.frame import LeptonFrame, frame_of_y16
from edge.vision.thermal.lepton.layout import LEPTON_2, LEPTON_3, WORDS
from edge.vision.thermal.lepton.newest import Newest
from edge.vision.thermal.lepton.pictures import Pictures
from edge.vision.thermal.lepton.prepare import TEMPERATURES, identify, settle, shut_by_itself
from edge.vision.thermal.lepton.uvc_capture import Y16Capture
from edge.vision.thermal.lepton.uvc_extension import UvcCci, query_node
from edge.vision.thermal.lepton.uvc_nodes import picture_node

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.clock import Clock
    from edge.config.sources import LeptonUvcThermal
    from edge.vision.thermal.lepton.cci import CommandInterface
    from edge.vision.thermal.lepton.layout import Layout
    from edge.vision.thermal.lepton.newest import Arrival, PictureReader
    from edge.vision.thermal.source import RawThermal

WAIT_S: Final = 0.15
SILENT_S: Final = 6.0
"""Longer than any shutter event: then the camera is gone."""

log = logging.getLogger(__name__)


class LeptonUvc:
    """Opened by making it. Who the camera is and how it is set is asked through the board; the first pictures have the last word,
    because an old board passes few commands on. Raises SourceError with place and remedy.
    """

    replay = False

    def __init__(
        self,
        config: LeptonUvcThermal,
        clock: Clock,
        cci: CommandInterface,
        open_reader: Callable[[int, int], PictureReader],
    ) -> None:
        self._clock, self._cci = clock, cci
        self.serial: str | None = None
        self._layout = _layout_of(config.rows, config.cols, cci.where)
        self._bare = replace(self._layout, telemetry=False)
        self._prepare(config.rows, config.cols)
        self._pictures = Pictures(config.latency_s, cci.where)
        self._newest = Newest(open_reader(self._layout.packets * WORDS // config.cols, config.cols), clock)
        self._arrived_s = clock.monotonic_s()

    def read(self) -> RawThermal | None:
        """The next picture; None where none came within WAIT_S. Raises SourceError."""
        arrival = self._newest.take(WAIT_S)
        if arrival is not None:
            self._arrived_s = arrival.at_s
            picture = self._pictures.of(self._frame(arrival), arrival.at_s)
            if picture is not None:
                return picture
        now_s = self._clock.monotonic_s()
        if self._newest.gone or now_s - self._arrived_s > SILENT_S:
            remedy = "Check the cable; plug the board out and in."
            raise SourceError("the camera stopped giving pictures", where=self._cci.where, remedy=remedy)
        return self._pictures.meanwhile(now_s)

    def run_ffc(self) -> None:
        """Close the shutter now. Raises SourceError."""
        self._cci.run(Command.SYS_RUN_FFC)
        self._pictures.shutter_closes()

    def close(self) -> None:
        self._newest.close()

    def _prepare(self, rows: int, cols: int) -> None:
        try:
            self._cci.get(Command.OEM_PART_NUMBER)
        except SourceError as silent:
            log.warning("%s; the pictures themselves are judged", silent)
            return
        found = identify(self._cci, rows, cols)
        log.info("%s, part %s, serial %d, on %s", found.model.name, found.part_number, found.serial, self._cci.where)
        self.serial = str(found.serial) if found.serial else None
        for wanted in TEMPERATURES:
            try:
                settle(self._cci, (wanted,))
            except SourceError as refused:
                log.warning("%s; the pictures themselves are judged", refused)
        try:
            shut_by_itself(self._cci)
        except SourceError as refused:
            log.warning("%s", refused)

    def _frame(self, arrival: Arrival) -> LeptonFrame:
        for layout in (self._layout, self._bare):
            if len(arrival.data) == layout.packets * WORDS * 2:
                return frame_of_y16(arrival.data, layout)
        what = f"pictures have {len(arrival.data)} bytes, which is no Y16 of {self._layout.cols}x{self._layout.rows}"
        remedy = "Check thermal.rows and thermal.cols, and that the board's firmware offers the format Y16."
        raise SourceError(what, where=self._cci.where, remedy=remedy)


def _layout_of(rows: int, cols: int, where: str) -> Layout:
    for layout in (LEPTON_3, LEPTON_2):
        if (layout.rows, layout.cols) == (rows, cols):
            return layout
    what = f"thermal.cols and thermal.rows say {cols}x{rows}, which is no Lepton"
    raise SourceError(what, where=where, remedy="Set 160x120 for a Lepton 3.5, 80x60 for a Lepton 2.5.")


def open_lepton_uvc(config: LeptonUvcThermal, clock: Clock) -> LeptonUvc:
    """On the USB of this machine. Raises SourceError."""
    node = picture_node(config.device)
    return LeptonUvc(config, clock, UvcCci(query_node(node), node), lambda rows, cols: Y16Capture(node, rows, cols))
