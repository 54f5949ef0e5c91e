"""Collections of submissions: add what arrives, checked; export what they come to."""
