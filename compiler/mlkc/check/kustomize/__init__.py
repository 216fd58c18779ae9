"""Kustomizations and the files around them, and the rendering by the real Kustomize."""
