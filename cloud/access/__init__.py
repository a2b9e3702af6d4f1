"""Who may look: passwords, sessions, failed attempts."""
