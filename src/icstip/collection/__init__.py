"""A collection: every submission as it came, and one store of their observations with the history of each cell."""
