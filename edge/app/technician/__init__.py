"""The technician's page from the gate's side: opening it, its certificate, and what it shows."""
