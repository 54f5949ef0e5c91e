"""Many countries into regions and the world: bounds where figures are hidden, and the coverage of each figure."""
