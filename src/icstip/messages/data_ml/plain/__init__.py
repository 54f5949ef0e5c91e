"""The plain way of reading SDMX-ML data: one pass of a parser of XML that is always right, in little memory."""
