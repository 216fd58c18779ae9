"""Stands in for MLflow: it says what is asked of it, one line each on standard output."""
