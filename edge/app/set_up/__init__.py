"""The first set-up of a gate by phone: what each step does, behind the technician's page."""
