"""The gate as a device of Home Assistant, over the local broker: what it is, and how it is now."""
