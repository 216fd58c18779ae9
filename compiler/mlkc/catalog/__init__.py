"""Facts about other software as data, each row with its source."""
