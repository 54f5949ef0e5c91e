"""SDMX-JSON structure messages → artefacts: a module for each part of the information model."""
