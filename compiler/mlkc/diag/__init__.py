"""Diagnostics: codes, severities, labels, fixes, did-you-mean."""
