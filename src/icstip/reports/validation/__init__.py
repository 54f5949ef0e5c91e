"""The report of a validation, as JSON, CSV, HTML and XLSX."""
