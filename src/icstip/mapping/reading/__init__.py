"""Mapping files → mappings."""
