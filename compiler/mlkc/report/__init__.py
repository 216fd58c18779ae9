"""Diagnostics and change sets as text, JSON, SARIF and GitHub annotations."""
