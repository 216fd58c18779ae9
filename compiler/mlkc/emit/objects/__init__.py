"""Kubernetes objects of a stack, one file a component."""
