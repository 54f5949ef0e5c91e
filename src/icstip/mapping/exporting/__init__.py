"""Mappings → structure maps and representation maps of SDMX 3.0."""
