"""Thermal cameras of the Hikvision family: whole pictures of temperatures over HTTP (ISAPI)."""
