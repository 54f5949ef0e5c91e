"""Mappings → the texts of their files."""
