"""Reading the transition. Nothing here writes."""
