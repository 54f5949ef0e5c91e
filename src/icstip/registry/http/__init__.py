"""Speaking to a server: addresses, who asks, limits, and what was kept of earlier answers."""
