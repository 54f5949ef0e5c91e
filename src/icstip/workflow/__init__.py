"""The use cases: what the command line and Python callers do, composed of the parts below."""
