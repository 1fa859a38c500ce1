"""Questions about an alliance. Nothing here writes."""
