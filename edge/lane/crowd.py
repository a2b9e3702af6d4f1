"""How many people wait before the gate, as far as its camera sees: at least so many, never more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from edge.lane.visit import Face
from edge.lane.warm_faces import WarmFaces

SETTLED_S: Final = 1.0
"""Who is in view for less walks by."""
GONE_S: Final = 2.0
"""Not seen for so long: gone, or hidden; who is seen again afterwards begins to wait anew."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was seen since it was last asked.

    Attributes:
        people: most who waited in one picture. Not summed over pictures: one face lost and found again is nobody else.
        longest_s: for how long the one of them has waited who has been in view longest; None where nobody waits.
    """

    people: int
    longest_s: float | None


@dataclass(slots=True)
class _Seen:
    first_s: float
    since_s: float
    last_s: float


class Crowd:
    """Hand in the faces of every picture. A face behind which nothing warm was found is a picture on a wall.

    Who hides behind another, looks away or stands beyond the picture is not seen: the numbers are least ones.
    """

    def __init__(self) -> None:
        self._seen: dict[int, _Seen] = {}
        self._warmth = WarmFaces()
        self._most, self._looked = 0, False

    def see(self, faces: Sequence[Face], now_s: float, turns: int) -> None:
        """Take in one picture. `turns`: how many of those in view are being served now, and so do not wait."""
        self._looked = True
        there = 0
        for face in faces:
            seen = self._seen.get(face.track)
            if seen is None or now_s - seen.last_s > GONE_S:
                seen = self._seen[face.track] = _Seen(now_s, now_s, now_s)
            seen.last_s = now_s
            if face.doubted:
                seen.since_s = now_s  # somebody else, perhaps: who waits is there, for how long is not known
            self._warmth.see(face)
            there += now_s - seen.first_s >= SETTLED_S and not self._warmth.picture(face.track)
        self._most = max(self._most, there - turns)

    def take(self, now_s: float) -> Waiting | None:
        """What was seen since the last call; None where there was no picture, and nobody can know."""
        self._seen = {track: seen for track, seen in self._seen.items() if now_s - seen.last_s <= GONE_S}
        self._warmth.keep(self._seen.keys())
        looked, self._looked = self._looked, False
        most, self._most = self._most, 0
        if not looked:
            return None
        since_s = [seen.since_s for track, seen in self._seen.items() if not self._warmth.picture(track)]
        longest_s = now_s - min(since_s) if most and since_s else None
        return Waiting(most, longest_s)
