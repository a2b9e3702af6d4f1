"""The wires, timers and drives between a gate's GPIO lines and its arm, simulated in a process of their own."""
