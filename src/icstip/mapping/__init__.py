"""Mapping files, label matching, and cells → observations."""
