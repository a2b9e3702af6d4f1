"""Who belongs to the fleet: gates are invited, given certificates, and sent away again."""
