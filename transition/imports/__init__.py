"""Files that bring replies."""
