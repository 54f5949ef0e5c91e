"""From what countries sent to one figure of each area: what can be added up, and which source counts."""
