"""Kubernetes objects against the JSON schemas of their Kubernetes version, all errors of all objects."""
