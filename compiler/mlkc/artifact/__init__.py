"""Output files before they are bytes: bodies, origins, and their one renderer."""
