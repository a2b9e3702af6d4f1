"""FLIR Lepton 2.5 and 3.5: packets, telemetry and commands as pure decoders, and the two ways such a camera is connected."""
