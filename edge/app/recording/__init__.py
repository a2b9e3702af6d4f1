"""Thermal recordings of people: only on an explicit command, encrypted before they touch a disk, and with an end."""
