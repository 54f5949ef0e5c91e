"""Rules over observations."""
