"""What changed between two sets of artefacts, by meaning, and the version that SDMX asks for because of it."""
