"""The shapes of documents that are not of the Kubernetes API, as cerberus schemas."""
