"""Pages of units, their people and their roll-out."""
