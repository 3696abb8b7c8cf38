"""The benchmarks: Trackr beside the bare limit of what it does, in one run on one machine. `python -m bench --help`."""
