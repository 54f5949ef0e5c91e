"""Artefacts → SDMX-JSON structure messages: a module for each part of the information model."""
