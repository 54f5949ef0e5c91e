"""Workbooks of all kinds → grids: the text of each cell as people see it, and what the sheet hides or joins."""
