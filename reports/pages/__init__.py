"""What the pages of statements show, worked out before the template."""
