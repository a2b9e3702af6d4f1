"""Recordings of a thermal camera played through a gate without processes: what it would have said, and how soon."""
