"""References between the objects of one environment. One rule a file."""
