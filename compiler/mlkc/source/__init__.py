"""YAML text to a SourceTree with a span for every key and value."""
