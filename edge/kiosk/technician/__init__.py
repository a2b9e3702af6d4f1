"""The technician's pages: the look at both pictures and every number, settings, log, self-test, first set-up."""
