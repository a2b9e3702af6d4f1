"""The proof that no picture of a visitor gets to a disk: every file that gate and kiosk write is looked into while they run."""
