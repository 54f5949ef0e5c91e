"""Registries: fetch from them, compare with them, publish in them, let them check data."""
