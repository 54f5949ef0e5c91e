"""Which areas belong together, and when."""
