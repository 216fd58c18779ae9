"""The pydantic models of the spec, one file a section; their errors as diagnostics."""
