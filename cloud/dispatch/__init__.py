"""Commands on their way to a gate: signed, sent, and waited for."""
