"""`menshen-edge try`: the technician's first look. What is shown is what the gate judges, with the numbers beside it."""
