"""How narrow hidden figures are: their own bounds, and what totals and parts of the same table imply."""
