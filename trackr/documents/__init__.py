"""Files made of what a person may see."""
