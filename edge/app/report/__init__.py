"""Reports for people: one HTML file with its plots inside, nothing to load."""
