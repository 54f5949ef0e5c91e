"""Data in SDMX-ML."""
