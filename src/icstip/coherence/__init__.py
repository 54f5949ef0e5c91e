"""What makes up what among codes, and what is known of them: whoever compares or adds up figures needs it."""
