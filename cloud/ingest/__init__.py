"""From the broker into the ledger: read, stored once, acknowledged after the commit."""
