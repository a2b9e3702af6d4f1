"""The JSON API under /api, the live stream, and the screens' files."""
