"""Writing data in SDMX-ML."""
