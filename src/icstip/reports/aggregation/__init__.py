"""Sums over areas as a page."""
