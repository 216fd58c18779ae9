"""One use case for each command."""
