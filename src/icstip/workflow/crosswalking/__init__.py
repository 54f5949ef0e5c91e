"""Crosswalks as the commands run them: files in, files out, and an account of every observation."""
