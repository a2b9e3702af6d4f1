"""The gate's way out: a writer that puts events on disk, and a sender that keeps sending until the cloud says it has them."""
