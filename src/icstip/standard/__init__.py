"""The tables of `dsd/` as a frozen `Standard`, their lint, and their print-out for people."""
