"""Files that bring budget lines."""
