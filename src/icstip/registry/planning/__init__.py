"""What publishing would do to a registry: step by step, with what the rules on versions and references forbid."""
