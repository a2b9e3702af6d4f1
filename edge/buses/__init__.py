"""Wires to sensors, I2C and SPI, and HTTP to a device on the network. A driver is one of these and a pure decoder."""
