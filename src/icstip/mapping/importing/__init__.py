"""Mappings in the formats of other tools → mappings."""
