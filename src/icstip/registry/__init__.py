"""SDMX registries over HTTP: fetching, publishing, and reading back what was published."""
