"""Data in SDMX-JSON."""
