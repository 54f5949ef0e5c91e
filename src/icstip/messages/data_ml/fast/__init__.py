"""SDMX-ML data in the shapes that tools write, read without a parser."""
