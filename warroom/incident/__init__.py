"""The pure core: what an incident is. No clock, files, screen, network or randomness."""
