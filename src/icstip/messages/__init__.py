"""Bytes and objects: one module a format, and `formats`, the one table of them."""
