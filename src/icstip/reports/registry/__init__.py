"""What publishing would do, and what it did, for people and programs."""
