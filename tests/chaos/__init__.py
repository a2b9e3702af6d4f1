"""Chaos: whatever dies in between, every event is in ledger and series exactly once. `make chaos` runs it at full size."""
