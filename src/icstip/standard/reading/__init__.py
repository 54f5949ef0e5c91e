"""Parts of the model from their tables: one module a subject, called by `icstip.standard.read`."""
