"""`python -m mlkc.cli`."""

from mlkc.cli.main import main

main()
