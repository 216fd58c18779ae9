"""Read-only rules over plan and artifacts, one rule a file."""
