"""The rules for the tables of the standard: each takes a `StandardFolder` and yields what it finds."""
