"""One seeded world behind simulated cameras, sensors and actuators."""
