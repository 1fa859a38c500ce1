"""What the pages of hand-overs show, worked out before the template."""
