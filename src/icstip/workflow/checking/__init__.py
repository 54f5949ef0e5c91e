"""Checks of data, as commands and programs use them."""
