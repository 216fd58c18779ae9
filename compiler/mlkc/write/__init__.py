"""Compare with the disk, then apply; the manifest of owned files."""
