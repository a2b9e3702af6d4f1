"""The cloud service: ingest, ledger, series, live stream, screens."""
