"""Signs, from hour to hour, where the chain over the ledger ends."""
