"""The monthly report of the facilities, in words."""
