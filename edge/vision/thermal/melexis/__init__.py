"""Melexis far-infrared arrays: MLX90640 (32x24, advisory) and MLX90641 (16x12, presence only).

Words in, temperatures out, numpy only; the drivers add an I2C bus. Section numbers are those of the makers' data sheets: MLX90640
rev 12 (3901090640), MLX90641 rev 3 (3901090641). Where data sheet and library (melexis/mlx90640-library) differ, the library's
order is used and the place says so.
"""
