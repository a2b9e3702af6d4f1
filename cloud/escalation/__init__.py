"""Telling people of alarms that nobody acknowledges: whom, when, by which way, and what became of it."""
