"""What can be wrong with what a person gives an evaluation."""

from __future__ import annotations

from contract.errors import MenshenError


class LabelsError(MenshenError, ValueError):
    """The manifest cannot be read, lacks a column, or holds a row that cannot be."""


class PictureError(MenshenError, FileNotFoundError):
    """A picture of the manifest is not there or is no picture."""


class ChoiceError(MenshenError, ValueError):
    """What was asked for cannot be had from these pictures or this peer."""
