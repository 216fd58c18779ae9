"""Positions, spans and paths: the words every other room uses to say where."""
