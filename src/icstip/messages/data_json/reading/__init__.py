"""Reading data in SDMX-JSON."""
