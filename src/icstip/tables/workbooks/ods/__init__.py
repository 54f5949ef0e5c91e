"""Workbooks of OpenDocument (ods): read tag by tag, in one pass and within limits."""
