"""Submitted fields to checked values: a file per noun, each reading into a dataclass or raising Invalid."""
