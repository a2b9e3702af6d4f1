"""The gate's settings: one frozen tree, read once, handed out in slices."""

from edge.config.tree import GateConfig, load_gate

__all__ = ["GateConfig", "load_gate"]
