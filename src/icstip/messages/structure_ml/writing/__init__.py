"""Artefacts → SDMX-ML structure messages: a module for each part of the information model."""
