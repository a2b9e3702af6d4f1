"""How well skin tells fever: the gate's own rules and decision on people whose oral temperature is known."""
