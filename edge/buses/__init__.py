"""Wires to sensors: I2C and SPI. A driver is one of these and a pure decoder; the simulator speaks the same bytes."""
