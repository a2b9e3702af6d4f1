"""Issuing badges and passes: the key they are signed with, and telling gates which are good no more."""
