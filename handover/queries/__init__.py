"""What is read of hand-overs. Nothing here writes."""
