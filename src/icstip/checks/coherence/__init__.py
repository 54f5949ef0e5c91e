"""Parts against their totals."""
