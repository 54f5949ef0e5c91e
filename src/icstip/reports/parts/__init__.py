"""What pages are made of: numbers, letters, bars, findings by their causes."""
