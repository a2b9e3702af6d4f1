"""InfiRay P2 Pro and Topdon TC001: thermal cameras on USB whose pictures carry temperatures in their lower half."""
