"""The report of a crosswalk: what was read, written and set aside, and why."""
