"""What the gate sees: sources, detector, tracker, registration, thermometry."""
