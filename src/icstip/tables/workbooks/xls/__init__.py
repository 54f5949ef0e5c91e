"""Workbooks of the older binary kind (xls)."""
