"""Pages about what was sent, and the way out of it."""
