"""Daily reports: what is read out of the ledger for one, how it is kept."""
