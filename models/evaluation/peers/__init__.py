"""Other people's networks behind our eye's interface, so that the same code judges and times them. Weights are not shipped."""
