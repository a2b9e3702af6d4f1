"""A face with no warm face behind it is a picture, not a second person."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from contract.verdicts import Reason
from edge.lane.visit import Face
from edge.policy.reading import Reading

COLD_ANSWERS: Final = 3
"""So many answers without a warm face, and none with one, before a face counts as a picture."""

WARM: Final = frozenset({Reason.FOREHEAD_COVERED, Reason.COLD_SKIN, Reason.UNCERTAIN})
"""Answers only a warm face gets: the thermometer looks for warmth before it says any of them."""


class WarmFaces:
    """Remembers of every track whether it was ever measured, and how often nothing warm was behind it.

    A poster, a lamp or lettering read as a face must not keep a visitor waiting for "one at a time". Whoever was measured
    once stays a person, whatever the thermometer says later; where no temperature is taken, everybody is one.
    """

    def __init__(self) -> None:
        self._cold: dict[int, int] = {}
        self._warm: set[int] = set()

    def see(self, face: Face) -> None:
        """Take in what the thermometer said of this face, if it said anything."""
        if face.measured is None:
            return
        if isinstance(face.measured, Reading) or face.measured.reason in WARM:
            self._warm.add(face.track)
        elif face.measured.reason is Reason.NO_WARM_FACE:
            self._cold[face.track] = self._cold.get(face.track, 0) + 1

    def forget(self, track: int) -> None:
        """It may be somebody else: that it was warm is not known any more. That it was a picture stands until it is warm."""
        self._warm.discard(track)

    def picture(self, track: int) -> bool:
        """Whether this track is a picture as far as is known."""
        return track not in self._warm and self._cold.get(track, 0) >= COLD_ANSWERS

    def keep(self, tracks: Container[int]) -> None:
        """Forget everybody else."""
        self._warm = {track for track in self._warm if track in tracks}
        self._cold = {track: count for track, count in self._cold.items() if track in tracks}
