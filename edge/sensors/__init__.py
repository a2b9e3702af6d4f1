"""Air, UV-C, gases, levels and contacts of a site: read in a process of its own, which the gate's loop knows nothing of."""
