"""Workbooks of Office Open XML (xlsx, xlsm): values by a fast reader, and what it does not tell read off the XML."""
