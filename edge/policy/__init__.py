"""Pure decisions: values in, verdict out. No clock, camera, file or network in here."""
