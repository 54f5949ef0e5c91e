"""From figures of areas to those of their groups, with bounds, coverage and rates."""
