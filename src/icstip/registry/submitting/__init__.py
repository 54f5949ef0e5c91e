"""Sending structures to a registry, and finding out what became of them."""
