"""What is plugged into this machine that a gate can use: found, named, and written as the settings that use it."""
