"""Rules for what is built upon structures and code lists: constraints, categories, hierarchies, crosswalks."""
