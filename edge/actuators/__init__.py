"""What the gate moves."""
