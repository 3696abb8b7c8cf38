"""Where Trackr starts: `python app.py` is `trackr serve`, with the same options."""

import sys

from trackr.cli import main

if __name__ == "__main__":
    main(["serve", *sys.argv[1:]], prog_name="trackr")
