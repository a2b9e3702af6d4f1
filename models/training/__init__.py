"""Trains the face-and-mask network from YuNet-n's weights, on two processor cores."""
