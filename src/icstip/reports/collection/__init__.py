"""What is in a collection and what submissions changed, as texts, CSV and JSON."""
