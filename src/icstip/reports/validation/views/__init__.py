"""What the page of a validation shows, part by part."""
