"""Whether the thermometer follows what it looks at from 35 to 40 degC, or is pulled towards normal."""
