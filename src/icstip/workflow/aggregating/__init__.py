"""Figures of countries become figures of regions and of the world."""
