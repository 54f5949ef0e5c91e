"""What single letters and words for persons mean beside one another."""
