"""Devices by what they speak. Each is a pure decoder of its bytes and the few calls that fetch them."""
