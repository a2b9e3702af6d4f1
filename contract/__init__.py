"""What travels between a gate and the cloud: topics, messages, units, and the words both sides use."""
