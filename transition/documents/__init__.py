"""What the transition prints."""
