"""Arguments to use cases to reports; exit codes."""
