"""A room under UV-C or ozone: read, decided and told in a process of its own, which the gate's loop knows nothing of."""
