"""National files → cells that know where they came from."""
