"""Structure messages in SDMX-JSON 1.0, 2.0 and 2.1: one writer and one reader, which go by a table of the versions."""
