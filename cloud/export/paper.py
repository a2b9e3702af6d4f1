"""A sheet of paper with its number at the foot."""

from __future__ import annotations

from typing import Literal

from fpdf import FPDF


class Paper(FPDF):
    def __init__(self, foot: str, orientation: Literal["portrait", "landscape"]) -> None:
        super().__init__(orientation=orientation, format="A4")
        self._foot = foot

    def footer(self) -> None:
        size = self.font_size_pt
        self.set_y(-14)
        self.set_font_size(7)
        self.cell(0, 6, self._foot, align="L")
        self.set_x(self.l_margin)
        self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="R")
        self.set_font_size(size)
