"""The standard as objects of the SDMX information model (sdmx1)."""
