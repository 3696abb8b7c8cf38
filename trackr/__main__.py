"""`python -m trackr`: the same as the command `trackr`."""

from trackr.cli import main

main()
