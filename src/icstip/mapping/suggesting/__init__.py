"""Drafts of mappings: what a table seems to say, how sure that is, and what its owner has to decide."""
