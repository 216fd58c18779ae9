"""Stands in for MLflow."""
