"""What a screen sees: whole rows, read from the ledger."""
