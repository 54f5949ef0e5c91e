"""Structure messages in SDMX-ML 2.1, 3.0 and 3.1: one writer and one reader, and a table of how the versions differ."""
