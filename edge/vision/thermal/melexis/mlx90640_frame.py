"""What an MLX90640 measured in one sub-page: RAM, control register and sub-page number, and whether the words are whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.melexis.mlx90640_deviating import ReturnCode
from edge.vision.thermal.melexis.mlx90640_pixels import COLS, PIXELS, ROWS

if TYPE_CHECKING:
    from numpy.typing import NDArray

AUX_WORDS: Final = 64
RAM_WORDS: Final = PIXELS + AUX_WORDS
FRAME_WORDS: Final = RAM_WORDS + 2
CHESS: Final = 0x1000
SENTINEL: Final = 0x7FFF
_USED_AUX: Final = np.array([0, *range(8, 19), *range(20, 23), *range(24, 33), *range(40, 51), *range(52, 55), *range(56, 64)])
"""Words of 0x0700 to 0x073F that the library looks at."""
_LINE_SUBPAGE: Final = np.arange(ROWS) % 2


@dataclass(frozen=True, slots=True)
class Frame:
    """One sub-page.

    Attributes:
        ram: 0x0400 to 0x073F, shape (832,) int16: 768 pixels and 64 auxiliary words; the other sub-page's pixels are old.
        control: register 0x800D.
        subpage: 0 or 1.
    """

    ram: NDArray[np.int16]
    control: int
    subpage: int

    @property
    def chess(self) -> bool:
        return bool(self.control & CHESS)

    @property
    def resolution(self) -> int:
        """Of the ADC: 0 to 3 stand for 16 to 19 bits."""
        return (self.control >> 10) & 3

    def aux(self, register: int) -> int:
        """The auxiliary word of a register, 0x0700 to 0x073F."""
        return int(self.ram[register - 0x0400])


def frame_of(words: NDArray[np.uint16]) -> Frame:
    """Of the 834 words the library keeps: RAM, control register, sub-page. Raises ValueError for any other number of words."""
    if words.shape != (FRAME_WORDS,):
        raise ValueError(f"a frame has {FRAME_WORDS} words, not {words.size}")
    if int(words[-1]) not in (0, 1):
        raise ValueError(f"the last word is the sub-page, 0 or 1, not {int(words[-1])}")
    return Frame(words[:RAM_WORDS].view(np.int16), int(words[RAM_WORDS]), int(words[-1]))


def frame_code(frame: Frame) -> ReturnCode:
    """FRAME_DATA where a line of this sub-page begins with 0x7FFF or an auxiliary word is it, else OK: the library's rule."""
    aux = frame.ram[PIXELS:]
    if (aux[_USED_AUX] == SENTINEL).any():
        return ReturnCode.FRAME_DATA
    starts = frame.ram[:PIXELS:COLS]
    if ((starts == SENTINEL) & (frame.subpage == _LINE_SUBPAGE)).any():
        return ReturnCode.FRAME_DATA
    return ReturnCode.OK
