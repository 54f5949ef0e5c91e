"""The standard as artefacts of the information model: one module a class of artefacts, put together in `build`."""
