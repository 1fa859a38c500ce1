"""Pages of partners and giving."""
