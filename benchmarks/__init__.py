"""`make bench`: how fast and how large the gate and the cloud are on this machine, beside what they should hold."""
