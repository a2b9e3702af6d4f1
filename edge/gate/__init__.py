"""The loop: pictures in, verdict out, every round. Nothing else runs in its process."""
