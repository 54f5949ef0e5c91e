"""Writing data in SDMX-JSON."""
