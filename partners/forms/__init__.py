"""What people type about partners and gifts."""
