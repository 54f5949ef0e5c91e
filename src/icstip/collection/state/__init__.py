"""What submissions come to: the latest row of each cell, its history, and what one of them changed."""
