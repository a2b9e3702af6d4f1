"""The only composition root of the cloud: puts the parts together, starts and stops them. Importing starts nothing."""
