"""Every message as a model. Writers forbid unknown fields; `envelope` ignores them when reading and does not keep them."""
