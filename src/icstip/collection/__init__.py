"""Submissions of data as they came, and one queryable store of their observations with the history of each cell."""
