"""Data in SDMX-CSV."""
