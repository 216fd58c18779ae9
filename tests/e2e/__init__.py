"""Tests of the compiled stack on real software. They take minutes, and build what no package index has."""
