"""The commands: each parses its options, calls the workflow, and shows what came of it."""
