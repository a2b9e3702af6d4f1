"""The gateway: cameras in, verdicts, barrier and messages out."""
