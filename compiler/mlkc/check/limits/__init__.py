"""What a schema accepts and a server refuses: names, labels, ports, amounts. One rule a file."""
