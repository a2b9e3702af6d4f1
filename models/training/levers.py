"""What the recipe is made of, each of which can be left out to see what it carries."""

from enum import StrEnum


class Lever(StrEnum):
    """A part of the recipe that `--without` leaves out; its share of the samples goes to the others."""

    MASKS = "masks"
    """Masks drawn by our own code on bare faces, worn and worn wrong."""
    LOOKALIKES = "lookalikes"
    """Hands, sleeves, scarves, beards and cups painted before bare faces."""
    CUT_OUTS = "cut-outs"
    """Real faces with the mask worn wrong, cut out of the scenes and shown again in mosaics."""
    MOSAICS = "mosaics"
    """Crops of single faces, put together on backgrounds."""
    DRAWN = "drawn"
    """Drawn people."""
    CAMERA = "camera"
    """What a cheap camera in bad light does to a picture."""
