"""How submissions are kept: folders that are whole or not there, receipts, structures, and the rows of observations."""
