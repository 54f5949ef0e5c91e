"""How artefacts are compared: one module for what belongs together in the information model."""
