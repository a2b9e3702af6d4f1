"""One command that shows the whole: broker, cloud and a gate on this machine."""
