"""Pairing a gate with the cloud, and renewing its certificate: the key it makes, what it asks for, and what it keeps."""
