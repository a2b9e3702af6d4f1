"""The technician's page: both pictures on each other, what is read where, and every number. It reads and changes nothing."""
